"""Predicts how likely a user is to like an item, from one vector for each."""

# By keras-scaffold from two_tower.yaml (functional); sha256 fc8d2f070aaedd0d

import keras
from keras import layers


def tower(inputs, size, width):
    """Maps user or item indices to vectors.

    Args:
        inputs: The tensor that the block is called on.
        size: int, `input_dim` of `embedding`.
        width: int, `output_dim` of `embedding` and `units` of `dense` and `dense_1`.

    Returns:
        A tensor.
    """
    x = layers.Embedding(size, width)(inputs)
    x = layers.Dense(width, activation="relu")(x)
    return layers.Dense(width)(x)


def build_model(num_users=1000, num_items=1000, width=32) -> keras.Model:
    """Builds the `two_tower` model.

    Args:
        num_users: int, `size` of `user_vector`. Defaults to 1000.
        num_items: int, `size` of `item_vector`. Defaults to 1000.
        width: int, `width` of `user_vector` and `item_vector`. Defaults to 32.

    Returns:
        A built model, not compiled, that takes a dictionary of `user` (int32 of shape
            (batch,)) and `item` (int32 of shape (batch,)).
    """
    user = keras.Input(shape=(), dtype="int32", name="user")
    item = keras.Input(shape=(), dtype="int32", name="item")
    user_vector = tower(user, num_users, width)
    item_vector = tower(item, num_items, width)
    x = layers.Dot(axes=1)([user_vector, item_vector])
    outputs = layers.Activation("sigmoid")(x)
    return keras.Model({"user": user, "item": item}, outputs, name="two_tower")


def compile_model(model):
    """Compiles the model in place.

    Args:
        model: What `build_model` returns.
    """
    model.compile(
        optimizer="adam",
        loss="binary_crossentropy",
        metrics=["accuracy", keras.metrics.AUC()],
    )
