"""Predicts how likely a user is to like an item, from one vector for each."""

# By keras-scaffold from two_tower.yaml (functional); sha256 53c29bcd6acc7ce4

import keras
from keras import layers


def tower(inputs, size, width):
    """Maps user or item indices to vectors.

    Args:
        inputs: The input tensor.
        size: int, `input_dim` of `embedding`.
        width: int, `output_dim` of `embedding` and `units` of `dense` and `dense_1`.

    Returns:
        A tensor.
    """
    x = layers.Embedding(size, width)(inputs)
    x = layers.Dense(width, activation="relu")(x)
    return layers.Dense(width)(x)


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
    user = keras.Input(shape=(), dtype="int32", name="user")
    item = keras.Input(shape=(), dtype="int32", name="item")
    user_vector = tower(user, num_users, width)
    item_vector = tower(item, num_items, width)
    x = layers.Dot(axes=1)([user_vector, item_vector])
    outputs = layers.Activation("sigmoid")(x)
    return keras.Model({"user": user, "item": item}, outputs, name="two_tower")


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
