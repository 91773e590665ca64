"""The `row_for` model."""

# By keras-scaffold from row_for.yaml (functional); sha256 c032e8ce36a327ae

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
    inputs = keras.Input(shape=(8, 8, 1))
    x = inputs
    for f, s in ((4, 1), (width, stride)):
        x = layers.Conv2D(f, 3, strides=s, padding="same")(x)
    x = layers.GlobalAveragePooling2D()(x)
    for i, units in enumerate((8, 4)):
        x = layers.Dense(units, activation="relu", name=f"tower_{i}")(x)
    for name_of in ("tanh", "sigmoid"):
        x = layers.Activation(name_of)(x)
    return keras.Model(inputs, x, name="row_for")
