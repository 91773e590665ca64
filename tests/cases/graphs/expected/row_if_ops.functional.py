"""The `row_if_ops` model."""

# By keras-scaffold from row_if_ops.yaml (functional); sha256 0a9d63cc9be0a62b

import keras
from keras import layers, ops


def build_model(smooth=False, scale=True) -> keras.Model:
    """Builds the `row_if_ops` model.

    Args:
        smooth: bool, the choice of `bent`. Defaults to False.
        scale: bool, the choice of `add` and `multiply`. Defaults to True.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 6).
    """
    inputs = keras.Input(shape=(6,))
    hidden = layers.Dense(4, name="hidden")(inputs)
    bent = ops.softplus(hidden) if smooth else ops.relu(hidden)
    x = layers.Add()([hidden, bent]) if scale else layers.Multiply()([hidden, bent])
    x = ops.multiply(x, 0.5) if scale else layers.Dense(4)(x)
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="row_if_ops")
