"""The `row_if_ops` model."""

# By keras-scaffold from row_if_ops.yaml (functional); sha256 64771a90e4285804

import keras
from keras import layers, ops


def build_model(smooth=False, scale=True) -> keras.Model:
    """Build the `row_if_ops` model.

    Args:
        smooth: bool, the condition of `bent`. Defaults to False.
        scale: bool, the condition of `add` and `multiply`. Defaults to True.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6).
    """
    inputs = keras.Input(shape=(6,))
    hidden = layers.Dense(4, name="hidden")(inputs)
    bent = ops.softplus(hidden) if smooth else ops.relu(hidden)
    x = layers.Add()([hidden, bent]) if scale else layers.Multiply()([hidden, bent])
    x = ops.multiply(x, 0.5) if scale else layers.Dense(4)(x)
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="row_if_ops")
