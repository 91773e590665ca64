"""Scores how well an item suits a user, each of them a vector by itself."""

# By keras-scaffold from two_tower.yaml (subclass); sha256 6b5e4c930dbe7a9b

import keras
import numpy as np
from keras import layers


@keras.saving.register_keras_serializable(package="two_tower")
class Tower(layers.Layer):
    """An identity and what is known of it, as one vector.

    Args:
        size: int, `input_dim` of `embedded`.
        width: int, `output_dim` of `embedded` and `units` of `dense` and `dense_1`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, size, width, **kwargs):
        super().__init__(**kwargs)
        self.size = size
        self.width = width
        self.embedded = layers.Embedding(size, width, name="embedded")
        self.concatenate = layers.Concatenate()
        self.dense = layers.Dense(2 * width, activation="relu")
        self.dense_1 = layers.Dense(width)

    def build(self, identity_shape, features_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            keras.Input(batch_shape=identity_shape),
            keras.Input(batch_shape=features_shape),
        )
        self.built = True

    def call(self, identity, features):
        embedded = self.embedded(identity)
        x = self.concatenate([embedded, features])
        x = self.dense(x)
        return self.dense_1(x)

    def get_config(self):
        return {**super().get_config(), "size": self.size, "width": self.width}


@keras.saving.register_keras_serializable(package="two_tower")
class TwoTower(keras.Model):
    """Scores how well an item suits a user, each of them a vector by itself.

    Args:
        users: int, `size` of `user_vector`. Defaults to 1000.
        items: int, `size` of `item_vector`. Defaults to 500.
        width: int, `width` of `user_vector` and `item_vector`. Defaults to 16.
        temperature: float, `scale` of `rescaling`. Defaults to 0.1.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, users=1000, items=500, width=16, temperature=0.1, **kwargs):
        super().__init__(**kwargs)
        self.users = users
        self.items = items
        self.width = width
        self.temperature = temperature
        self.user_vector = Tower(users, width, name="user_vector")
        self.item_vector = Tower(items, width, name="item_vector")
        self.dot = layers.Dot(axes=1, normalize=True)
        self.rescaling = layers.Rescaling(1 / temperature)
        self.activation = layers.Activation("sigmoid")

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("user", "user_features", "item", "item_features")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "user": keras.Input(
                    batch_shape=input_shape["user"], dtype="int32", name="user"
                ),
                "user_features": keras.Input(
                    batch_shape=input_shape["user_features"], name="user_features"
                ),
                "item": keras.Input(
                    batch_shape=input_shape["item"], dtype="int32", name="item"
                ),
                "item_features": keras.Input(
                    batch_shape=input_shape["item_features"], name="item_features"
                ),
            }
        )
        self.built = True

    def call(self, inputs):
        if not isinstance(inputs, dict) or inputs.keys() - {
            "user",
            "user_features",
            "item",
            "item_features",
        }:
            raise ValueError(
                "expected a dictionary with the keys that `build_model` lists"
            )
        user_vector = self.user_vector(inputs["user"], inputs["user_features"])
        item_vector = self.item_vector(inputs["item"], inputs["item_features"])
        x = self.dot([user_vector, item_vector])
        x = self.rescaling(x)
        return self.activation(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "user": keras.Input(shape=(), dtype="int32", name="user"),
                    "user_features": keras.Input(shape=(3,), name="user_features"),
                    "item": keras.Input(shape=(), dtype="int32", name="item"),
                    "item_features": keras.Input(shape=(4,), name="item_features"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "users": self.users,
            "items": self.items,
            "width": self.width,
            "temperature": self.temperature,
        }


def build_model(users=1000, items=500, width=16, temperature=0.1) -> keras.Model:
    """Build the `two_tower` model.

    Args:
        users: int, `size` of `user_vector`. Defaults to 1000.
        items: int, `size` of `item_vector`. Defaults to 500.
        width: int, `width` of `user_vector` and `item_vector`. Defaults to 16.
        temperature: float, `scale` of `rescaling`. Defaults to 0.1.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `user` (int32 of shape
            (batch,)), `user_features` (float32 of shape (batch, 3)), `item` (int32 of
            shape (batch,)) and `item_features` (float32 of shape (batch, 4)).
    """
    model = TwoTower(
        users=users, items=items, width=width, temperature=temperature, name="two_tower"
    )
    model.build(
        {
            "user": (None,),
            "user_features": (None, 3),
            "item": (None,),
            "item_features": (None, 4),
        }
    )
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.Adagrad(learning_rate=0.05),
        loss="binary_crossentropy",
        metrics=[keras.metrics.AUC()],
    )


def main():
    """Train the model, and print its loss and metrics."""
    x = {
        "user": np.array([7, 7, 42, 42, 310, 310], dtype="int32"),
        "user_features": np.array(
            [
                [1, 0, 0.3],
                [1, 0, 0.3],
                [0, 1, 0.5],
                [0, 1, 0.5],
                [1, 1, 0.9],
                [1, 1, 0.9],
            ],
            dtype="float32",
        ),
        "item": np.array([12, 99, 12, 260, 99, 260], dtype="int32"),
        "item_features": np.array(
            [
                [0, 1, 0, 0.2],
                [1, 0, 0, 0.8],
                [0, 1, 0, 0.2],
                [0, 0, 1, 0.4],
                [1, 0, 0, 0.8],
                [0, 0, 1, 0.4],
            ],
            dtype="float32",
        ),
    }
    y = np.array([1, 0, 1, 0, 0, 1])
    model = build_model()
    compile_model(model)
    model.fit(x, y, epochs=60, verbose=0)
    for name, value in model.evaluate(x, y, verbose=0, return_dict=True).items():
        print(f"{name}: {value:.4f}")


if __name__ == "__main__":
    main()
