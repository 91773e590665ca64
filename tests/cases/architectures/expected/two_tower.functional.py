"""Scores how well an item suits a user, each of them a vector by itself."""

# By keras-scaffold from two_tower.yaml (functional); sha256 f6baf0603911741c

import keras
import numpy as np
from keras import layers


def tower(identity, features, size, width, name="tower"):
    """An identity and what is known of it, as one vector.

    Args:
        identity: An input tensor.
        features: An input tensor.
        size: int, `input_dim` of `embedded`.
        width: int, `output_dim` of `embedded` and `units` of `dense` and `dense_1`.
        name: str, the prefix of its layer names. Defaults to "tower".

    Returns:
        A tensor.
    """
    embedded = layers.Embedding(size, width, name=f"{name}_embedded")(identity)
    x = layers.Concatenate()([embedded, features])
    x = layers.Dense(2 * width, activation="relu")(x)
    return layers.Dense(width)(x)


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
    user = keras.Input(shape=(), dtype="int32", name="user")
    user_features = keras.Input(shape=(3,), name="user_features")
    item = keras.Input(shape=(), dtype="int32", name="item")
    item_features = keras.Input(shape=(4,), name="item_features")
    user_vector = tower(user, user_features, users, width, name="user_vector")
    item_vector = tower(item, item_features, items, width, name="item_vector")
    x = layers.Dot(axes=1, normalize=True)([user_vector, item_vector])
    x = layers.Rescaling(1 / temperature)(x)
    outputs = layers.Activation("sigmoid")(x)
    return keras.Model(
        {
            "user": user,
            "user_features": user_features,
            "item": item,
            "item_features": item_features,
        },
        outputs,
        name="two_tower",
    )


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
