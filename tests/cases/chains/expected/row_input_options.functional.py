"""The `row_input_options` model."""

# By keras-scaffold from row_input_options.yaml (functional); sha256 ff4ffe66dd376c01

import keras
from keras import layers


def build_model(size=3) -> keras.Model:
    """Build the `row_input_options` model.

    Args:
        size: int, a dimension of `pixels`. Defaults to 3.

    Returns:
        A built, uncompiled model. Its input is uint8 of shape (4, size, size).
    """
    inputs = keras.Input(shape=(size, size), batch_size=4, dtype="uint8", name="pixels")
    x = layers.Rescaling(1 / 255)(inputs)
    x = layers.Flatten()(x)
    outputs = layers.Dense(2)(x)
    return keras.Model(inputs, outputs, name="row_input_options")
