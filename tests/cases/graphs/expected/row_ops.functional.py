"""The `row_ops` model."""

# By keras-scaffold from row_ops.yaml (functional); sha256 b2d4cc17adb36953

import keras
from keras import layers, ops


def build_model(scale=2.0) -> keras.Model:
    """Build the `row_ops` model.

    Args:
        scale: float, `x2` of `multiply`. Defaults to 2.0.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6, 4).
    """
    inputs = keras.Input(shape=(6, 4))
    hidden = layers.Dense(4, name="hidden")(inputs)
    x = ops.relu(hidden)
    x = ops.add(x, 1.0)
    gated = ops.multiply(hidden, x)
    x = ops.concatenate([gated, inputs], axis=-1)
    x = ops.multiply(x, scale)
    x = ops.mean(x, axis=1)
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="row_ops")
