"""Predicts how likely a user is to like an item, from one vector for each."""

# By keras-scaffold from two_tower.yaml (subclass); sha256 7b1585f318bbc661

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="two_tower")
class Tower(layers.Layer):
    """Maps user or item indices to vectors.

    Args:
        size: int, `input_dim` of `embedding`.
        width: int, `output_dim` of `embedding` and `units` of `dense` and `dense_1`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, size, width, **kwargs):
        super().__init__(**kwargs)
        self.size = size
        self.width = width
        self.embedding = layers.Embedding(size, width)
        self.dense = layers.Dense(width, activation="relu")
        self.dense_1 = layers.Dense(width)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.embedding(inputs)
        x = self.dense(x)
        return self.dense_1(x)

    def get_config(self):
        return {**super().get_config(), "size": self.size, "width": self.width}


@keras.saving.register_keras_serializable(package="two_tower")
class TwoTower(keras.Model):
    """Predicts how likely a user is to like an item, from one vector for each.

    Args:
        num_users: int, `size` of `user_vector`. Defaults to 1000.
        num_items: int, `size` of `item_vector`. Defaults to 1000.
        width: int, `width` of `user_vector` and `item_vector`. Defaults to 32.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_users=1000, num_items=1000, width=32, **kwargs):
        super().__init__(**kwargs)
        self.num_users = num_users
        self.num_items = num_items
        self.width = width
        self.user_vector = Tower(num_users, width, name="user_vector")
        self.item_vector = Tower(num_items, width, name="item_vector")
        self.dot = layers.Dot(axes=1)
        self.activation = layers.Activation("sigmoid")

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("user", "item")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "user": keras.Input(
                    batch_shape=input_shape["user"], dtype="int32", name="user"
                ),
                "item": keras.Input(
                    batch_shape=input_shape["item"], dtype="int32", name="item"
                ),
            }
        )
        self.built = True

    def call(self, inputs):
        if not isinstance(inputs, dict) or inputs.keys() - {"user", "item"}:
            raise ValueError("expected a dictionary with the keys `user` and `item`")
        user_vector = self.user_vector(inputs["user"])
        item_vector = self.item_vector(inputs["item"])
        x = self.dot([user_vector, item_vector])
        return self.activation(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "user": keras.Input(shape=(), dtype="int32", name="user"),
                    "item": keras.Input(shape=(), dtype="int32", name="item"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_users": self.num_users,
            "num_items": self.num_items,
            "width": self.width,
        }


def build_model(num_users=1000, num_items=1000, width=32) -> keras.Model:
    """Build the `two_tower` model.

    Args:
        num_users: int, `size` of `user_vector`. Defaults to 1000.
        num_items: int, `size` of `item_vector`. Defaults to 1000.
        width: int, `width` of `user_vector` and `item_vector`. Defaults to 32.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `user` (int32 of shape
            (batch,)) and `item` (int32 of shape (batch,)).
    """
    model = TwoTower(
        num_users=num_users, num_items=num_items, width=width, name="two_tower"
    )
    model.build({"user": (None,), "item": (None,)})
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam",
        loss="binary_crossentropy",
        metrics=["accuracy", keras.metrics.AUC()],
    )
