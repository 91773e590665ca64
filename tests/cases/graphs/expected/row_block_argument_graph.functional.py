"""The `row_block_argument_graph` model."""

# By keras-scaffold from row_block_ar...graph.yaml (functional); sha256 c8f74cc9176d059b

import keras
from keras import layers


def shortcut(inputs, units, name="shortcut"):
    """A dense layer and a way around it.

    Args:
        inputs: A tensor with the shape and dtype of the model's input.
        units: int, `units` of `change`.
        name: str, the name of the model. Defaults to "shortcut".

    Returns:
        A new `keras.Model`, which can be called more than once.
    """
    inputs = keras.Input(batch_shape=inputs.shape, dtype=inputs.dtype)
    change = layers.Dense(units, name="change")(inputs)
    outputs = layers.Add()([change, inputs])
    return keras.Model(inputs, outputs, name=name)


def build_model() -> keras.Model:
    """Build the `row_block_argument_graph` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 5, 4).
    """
    inputs = keras.Input(shape=(5, 4))
    x = layers.TimeDistributed(shortcut(inputs[:, 0], 4))(inputs)
    outputs = layers.LSTM(3)(x)
    return keras.Model(inputs, outputs, name="row_block_argument_graph")
