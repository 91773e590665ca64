"""The `row_block_rows` model."""

# By keras-scaffold from row_block_rows.yaml (functional); sha256 944cd988680f2ec8

import keras
from keras import layers


def stage(inputs, filters, kernel=3):
    """A convolution that halves the size.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `conv2d`.
        kernel: int, `kernel_size` of `conv2d`. Defaults to 3.

    Returns:
        A tensor.
    """
    x = layers.Conv2D(filters, kernel, strides=2, padding="same", activation="relu")(
        inputs
    )
    return layers.SpatialDropout2D(0.1)(x)


def build_model() -> keras.Model:
    """Build the `row_block_rows` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 16, 16, 1).
    """
    inputs = keras.Input(shape=(16, 16, 1))
    x = stage(inputs, 4)
    for kernel in (5, 3):
        x = stage(x, 8, kernel=kernel)
    for _ in range(2):
        x = stage(x, 8)
    x = layers.Flatten()(x)
    outputs = layers.Dense(2)(x)
    return keras.Model(inputs, outputs, name="row_block_rows")
