"""The `row_for` model."""

# By keras-scaffold from row_for.yaml (sequential); sha256 3c1359f46bb4b271

import keras
from keras import layers


def build_model(width=16, stride=2) -> keras.Model:
    """Build the `row_for` model.

    Args:
        width: int, a loop value of `conv2d`. Defaults to 16.
        stride: int, a loop value of `conv2d`. Defaults to 2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 8, 8, 1).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(8, 8, 1)),
            *[
                layers.Conv2D(f, 3, strides=s, padding="same")
                for f, s in ((4, 1), (width, stride))
            ],
            layers.GlobalAveragePooling2D(),
            *[
                layers.Dense(units, activation="relu", name=f"tower_{i}")
                for i, units in enumerate((8, 4))
            ],
            *[layers.Activation(name_of) for name_of in ("tanh", "sigmoid")],
        ],
        name="row_for",
    )
