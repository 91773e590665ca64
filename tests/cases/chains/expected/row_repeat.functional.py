"""The `row_repeat` model."""

# By keras-scaffold from row_repeat.yaml (functional); sha256 3fb08bcfbbfd9e63

import keras
from keras import layers


def build_model(depth=3, rate=0.1) -> keras.Model:
    """Build the `row_repeat` model.

    Args:
        depth: int, the number of layers of `dense` and `dropout`. Defaults to 3.
        rate: float, `rate` of `dropout`. Defaults to 0.1.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 8).
    """
    inputs = keras.Input(shape=(8,))
    x = inputs
    for _ in range(depth):
        x = layers.Dense(8, activation="relu")(x)
    for _ in range(depth - 1):
        x = layers.Dropout(rate)(x)
    for i in range(2):
        x = layers.Dense(4, activation="tanh", name=f"narrow_{i}")(x)
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="row_repeat")
