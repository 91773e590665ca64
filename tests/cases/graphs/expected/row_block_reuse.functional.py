"""The `row_block_reuse` model."""

# By keras-scaffold from row_block_reuse.yaml (functional); sha256 c4af02685cb29373

import keras
from keras import layers, ops


def encoder(inputs, units, name="encoder"):
    """Encodes one side.

    Args:
        inputs: A tensor with the shape and dtype of the model's input.
        units: int, `units` of `hidden` and `dense`.
        name: str, the name of the model. Defaults to "encoder".

    Returns:
        A new `keras.Model`, which can be called more than once.
    """
    inputs = keras.Input(batch_shape=inputs.shape, dtype=inputs.dtype)
    x = layers.Dense(units, activation="tanh", name="hidden")(inputs)
    x = layers.Dropout(0.1)(x)
    outputs = layers.Dense(units)(x)
    return keras.Model(inputs, outputs, name=name)


def build_model() -> keras.Model:
    """Build the `row_block_reuse` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `left` (float32 of
            shape (batch, 6)) and `right` (float32 of shape (batch, 6)).
    """
    left = keras.Input(shape=(6,), name="left")
    right = keras.Input(shape=(6,), name="right")
    shared_encoder = encoder(left, 4)
    encoder_output = shared_encoder(left)
    other = shared_encoder(right)
    x = layers.Multiply(name="both")([encoder_output, other])
    x = ops.tanh(x)
    outputs = layers.Dense(1)(x)
    return keras.Model({"left": left, "right": right}, outputs, name="row_block_reuse")
