"""The `names` model."""

# By keras-scaffold from names.yaml (sequential); sha256 a6c539b7967d5d23

import keras
from keras import layers


def build_model(dense=4) -> keras.Model:
    """Build the `names` model.

    Args:
        dense: int, `units` of `dense_2`. Defaults to 4.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(6,), name="pixels"),
            layers.Dense(dense, name="dense_2"),
            layers.Dense(3, name="dense_1"),
            layers.Dense(3, name="dense_3"),
            layers.Activation("tanh", name="metrics"),
            layers.Dense(2, activation="sigmoid", name="output"),
        ],
        name="names",
    )
