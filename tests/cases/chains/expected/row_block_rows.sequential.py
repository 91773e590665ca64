"""The `row_block_rows` model."""

# By keras-scaffold from row_block_rows.yaml (sequential); sha256 484c2a2a5212a9e9

import keras
from keras import layers


def stage(filters, kernel=3, name="stage"):
    """A convolution that halves the size.

    Args:
        filters: int, `filters` of `conv2d`.
        kernel: int, `kernel_size` of `conv2d`. Defaults to 3.
        name: str, the name of the model. Defaults to "stage".

    Returns:
        A new `keras.Sequential` model.
    """
    return keras.Sequential(
        [
            layers.Conv2D(
                filters, kernel, strides=2, padding="same", activation="relu"
            ),
            layers.SpatialDropout2D(0.1),
        ],
        name=name,
    )


def build_model() -> keras.Model:
    """Build the `row_block_rows` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 16, 16, 1).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(16, 16, 1)),
            stage(4),
            *[
                stage(8, kernel=kernel, name=f"stage_row_{i}")
                for i, kernel in enumerate((5, 3))
            ],
            *[stage(8, name=f"deep_{i}") for i in range(2)],
            layers.Flatten(),
            layers.Dense(2),
        ],
        name="row_block_rows",
    )
