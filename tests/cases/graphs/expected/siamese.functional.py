"""The `siamese` model."""

# By keras-scaffold from siamese.yaml (functional); sha256 9d853bfc4683fef2

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the `siamese` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `left` (float32 of
            shape (batch, 4)) and `right` (float32 of shape (batch, 4)).
    """
    left = keras.Input(shape=(4,), name="left")
    right = keras.Input(shape=(4,), name="right")
    encoder = layers.Dense(8, activation="relu", name="encoder")
    encoder_output = encoder(left)
    other = encoder(right)
    outputs = layers.Dot(axes=1, normalize=True)([encoder_output, other])
    return keras.Model({"left": left, "right": right}, outputs, name="siamese")
