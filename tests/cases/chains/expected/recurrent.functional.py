"""Cells and wrappers.

A layer inside of a layer, a list of cells, a wrapper around a wrapper, and a second
paragraph that is long enough to be wrapped over more than a single line of a docstring.
"""

# By keras-scaffold from recurrent.yaml (functional); sha256 34b57c594fd06459

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the `recurrent` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 12, 4).
    """
    inputs = keras.Input(shape=(12, 4), name="signal")
    x = layers.RNN([layers.LSTMCell(8), layers.GRUCell(6)], return_sequences=True)(
        inputs
    )
    x = layers.TimeDistributed(layers.Dense(5, activation="tanh"))(x)
    x = layers.SpectralNormalization(layers.Dense(4))(x)
    outputs = layers.GRU(3)(x)
    return keras.Model(inputs, outputs, name="recurrent")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.SGD(momentum=0.9, nesterov=True),
        loss=keras.losses.Huber(delta=2.0),
    )
