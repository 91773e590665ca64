"""The `row_reuse` model."""

# By keras-scaffold from row_reuse.yaml (functional); sha256 5f933291dc7e3179

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the `row_reuse` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `left` (float32 of
            shape (batch, 4)) and `right` (float32 of shape (batch, 4)).
    """
    left = keras.Input(shape=(4,), name="left")
    right = keras.Input(shape=(4,), name="right")
    encoder = layers.Dense(8, activation="relu", name="encoder")
    x = encoder(left)
    drop = layers.Dropout(0.1, name="drop")
    drop_output = drop(x)
    x = encoder(right)
    x = drop(x)
    x = layers.Dot(axes=1)([drop_output, x])
    outputs = layers.Dense(1)(x)
    return keras.Model({"left": left, "right": right}, outputs, name="row_reuse")
