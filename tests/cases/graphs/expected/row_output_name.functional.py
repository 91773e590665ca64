"""The `row_output_name` model."""

# By keras-scaffold from row_output_name.yaml (functional); sha256 52700b95c801c5e4

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the `row_output_name` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6, 4).
    """
    inputs = keras.Input(shape=(6, 4))
    x = layers.Dense(4)(inputs)
    outputs = layers.LSTM(3, return_state=True, name="memory")(x)
    return keras.Model(inputs, outputs[1], name="row_output_name")
