"""The `row_input_options` model."""

# By keras-scaffold from row_input_options.yaml (functional); sha256 d6b77e14c81141a2

import keras
from keras import layers


def build_model(size=3) -> keras.Model:
    """Builds the `row_input_options` model.

    Args:
        size: int, a size of `pixels`. Defaults to 3.

    Returns:
        A built model, not compiled, that takes uint8 of shape (4, size, size).
    """
    inputs = keras.Input(shape=(size, size), batch_size=4, dtype="uint8", name="pixels")
    x = layers.Rescaling(1 / 255)(inputs)
    x = layers.Flatten()(x)
    outputs = layers.Dense(2)(x)
    return keras.Model(inputs, outputs, name="row_input_options")
