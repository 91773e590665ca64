"""The `names` model."""

# By keras-scaffold from names.yaml (sequential); sha256 2330c907af712f94

import keras
from keras import layers


def build_model(dense=4) -> keras.Model:
    """Builds the `names` model.

    Args:
        dense: int, `units` of `dense_2`. Defaults to 4.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 6).
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
