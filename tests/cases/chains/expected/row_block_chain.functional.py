"""Stages of dense layers."""

# By keras-scaffold from row_block_chain.yaml (functional); sha256 5faf99babcacfa33

import keras
from keras import layers


def step(inputs, units, rate=0.1):
    """A dense layer, normalized.

    Args:
        inputs: The input tensor.
        units: int, `units` of `dense`.
        rate: float, the condition and `rate` of `dropout`. Defaults to 0.1.

    Returns:
        A tensor.
    """
    x = layers.Dense(units, use_bias=False)(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    return layers.Dropout(rate)(x) if rate > 0 else x


def stage(inputs, units, depth=2):
    """Some layers of one size.

    The last one drops nothing out.

    Args:
        inputs: The input tensor.
        units: int, `units` of `step` and `last`.
        depth: int, the number of layers of `step`. Defaults to 2.

    Returns:
        A tensor.
    """
    x = inputs
    for _ in range(depth):
        x = step(x, units)
    return step(x, units, rate=0.0)


def build_model(units=8) -> keras.Model:
    """Build the `row_block_chain` model.

    Args:
        units: int, `units` of `stage` and `narrow`. Defaults to 8.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 4).
    """
    inputs = keras.Input(shape=(4,))
    x = stage(inputs, units)
    x = stage(x, units // 2, depth=1)
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="row_block_chain")
