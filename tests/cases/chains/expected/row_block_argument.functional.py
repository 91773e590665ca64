"""The `row_block_argument` model."""

# By keras-scaffold from row_block_argument.yaml (functional); sha256 a8cae951e9b46381

import keras
from keras import layers


def encoder(inputs, units=6, name="encoder"):
    """Encodes one image of a film.

    Args:
        inputs: A tensor with the shape and dtype of the model's input.
        units: int, `units` of `hidden`. Defaults to 6.
        name: str, the name of the model. Defaults to "encoder".

    Returns:
        A new `keras.Model`, which can be called more than once.
    """
    inputs = keras.Input(batch_shape=inputs.shape, dtype=inputs.dtype)
    x = layers.Flatten()(inputs)
    x = layers.Dense(units, activation="relu", name="hidden")(x)
    outputs = layers.Dense(3)(x)
    return keras.Model(inputs, outputs, name=name)


def build_model() -> keras.Model:
    """Build the `row_block_argument` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 5, 4, 3).
    """
    inputs = keras.Input(shape=(5, 4, 3))
    x = layers.TimeDistributed(encoder(inputs[:, 0], 8))(inputs)
    x = layers.GRU(4)(x)
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="row_block_argument")
