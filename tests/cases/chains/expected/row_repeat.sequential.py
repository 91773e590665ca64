"""The `row_repeat` model."""

# By keras-scaffold from row_repeat.yaml (sequential); sha256 273377d4bf2b48fe

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
    return keras.Sequential(
        [
            keras.Input(shape=(8,)),
            *[layers.Dense(8, activation="relu") for _ in range(depth)],
            *[layers.Dropout(rate) for _ in range(depth - 1)],
            *[layers.Dense(4, activation="tanh", name=f"narrow_{i}") for i in range(2)],
            layers.Dense(1),
        ],
        name="row_repeat",
    )
