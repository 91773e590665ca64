"""The `row_input_options` model."""

# By keras-scaffold from row_input_options.yaml (sequential); sha256 b6cd3b25125e96ab

import keras
from keras import layers


def build_model(size=3) -> keras.Model:
    """Build the `row_input_options` model.

    Args:
        size: int, a dimension of `pixels`. Defaults to 3.

    Returns:
        A built, uncompiled model. Its input is uint8 of shape (4, size, size).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(size, size), batch_size=4, dtype="uint8", name="pixels"),
            layers.Rescaling(1 / 255),
            layers.Flatten(),
            layers.Dense(2),
        ],
        name="row_input_options",
    )
