"""Cells and wrappers.

A layer inside of a layer, a list of cells, a wrapper around a wrapper, and a second
paragraph that is long enough to be wrapped over more than a single line of a docstring.
"""

# By keras-scaffold from recurrent.yaml (sequential); sha256 a8f6b1a3e64d34d9

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the `recurrent` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 12, 4).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(12, 4), name="signal"),
            layers.RNN([layers.LSTMCell(8), layers.GRUCell(6)], return_sequences=True),
            layers.TimeDistributed(layers.Dense(5, activation="tanh")),
            layers.SpectralNormalization(layers.Dense(4)),
            layers.GRU(3),
        ],
        name="recurrent",
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.SGD(momentum=0.9, nesterov=True),
        loss=keras.losses.Huber(delta=2.0),
    )
