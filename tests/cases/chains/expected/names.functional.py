"""The `names` model."""

# By keras-scaffold from names.yaml (functional); sha256 7eaab687ab363f06

import keras
from keras import layers


def build_model(dense=4) -> keras.Model:
    """Build the `names` model.

    Args:
        dense: int, `units` of `dense_2`. Defaults to 4.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6).
    """
    inputs = keras.Input(shape=(6,), name="pixels")
    x = layers.Dense(dense, name="dense_2")(inputs)
    x = layers.Dense(3, name="dense_1")(x)
    x = layers.Dense(3, name="dense_3")(x)
    x = layers.Activation("tanh", name="metrics")(x)
    outputs = layers.Dense(2, activation="sigmoid", name="output")(x)
    return keras.Model(inputs, outputs, name="names")
