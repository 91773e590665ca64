"""The `names` model."""

# By keras-scaffold from names.yaml (functional); sha256 8964c35a4f94aeff

import keras
from keras import layers


def build_model(dense=4) -> keras.Model:
    """Builds the `names` model.

    Args:
        dense: int, `units` of `dense_2`. Defaults to 4.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 6).
    """
    inputs = keras.Input(shape=(6,), name="pixels")
    x = layers.Dense(dense, name="dense_2")(inputs)
    x = layers.Dense(3, name="dense_1")(x)
    x = layers.Dense(3, name="dense_3")(x)
    x = layers.Activation("tanh", name="metrics")(x)
    outputs = layers.Dense(2, activation="sigmoid", name="output")(x)
    return keras.Model(inputs, outputs, name="names")
