"""The `row_block_rows` model."""

# By keras-scaffold from row_block_rows.yaml (functional); sha256 a814944996bc1ef7

import keras
from keras import layers


def stage(inputs, filters, kernel=3):
    """A convolution that halves the size.

    Args:
        inputs: The tensor that the block is called on.
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
    """Builds the `row_block_rows` model.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 16, 16, 1).
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
