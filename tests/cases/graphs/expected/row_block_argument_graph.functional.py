"""The `row_block_argument_graph` model."""

# By keras-scaffold from row_block_ar...graph.yaml (functional); sha256 36a7e0a3d4b79039

import keras
from keras import layers


def shortcut(inputs, units, name="shortcut"):
    """A dense layer and a way around it.

    Args:
        inputs: A tensor that the model is to be called on, for its shape and dtype.
        units: int, `units` of `change`.
        name: str, the model's name. Defaults to "shortcut".

    Returns:
        A model of its own, which can be called more than once.
    """
    inputs = keras.Input(batch_shape=inputs.shape, dtype=inputs.dtype)
    change = layers.Dense(units, name="change")(inputs)
    outputs = layers.Add()([change, inputs])
    return keras.Model(inputs, outputs, name=name)


def build_model() -> keras.Model:
    """Builds the `row_block_argument_graph` model.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 5, 4).
    """
    inputs = keras.Input(shape=(5, 4))
    x = layers.TimeDistributed(shortcut(inputs[:, 0], 4))(inputs)
    outputs = layers.LSTM(3)(x)
    return keras.Model(inputs, outputs, name="row_block_argument_graph")
