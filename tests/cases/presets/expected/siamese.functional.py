"""Predicts whether two images show the same object, with a shared encoder."""

# By keras-scaffold from siamese.yaml (functional); sha256 138f3f9d03a2888e

import keras
from keras import layers, ops


def encoder(inputs, filters, width, name="encoder"):
    """Encodes an image as a vector.

    Args:
        inputs: A tensor with the shape and dtype of the model's input.
        filters: int, `filters` of `conv2d` and `conv2d_1`.
        width: int, `units` of `dense`.
        name: str, the name of the model. Defaults to "encoder".

    Returns:
        A new `keras.Model`, which can be called more than once.
    """
    inputs = keras.Input(batch_shape=inputs.shape, dtype=inputs.dtype)
    x = layers.Rescaling(1 / 255)(inputs)
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(filters * 2, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    outputs = layers.Dense(width)(x)
    return keras.Model(inputs, outputs, name=name)


def build_model(size=28, channels=1, filters=32, width=64) -> keras.Model:
    """Build the `siamese` model.

    Args:
        size: int, a dimension of `left` and `right`. Defaults to 28.
        channels: int, a dimension of `left` and `right`. Defaults to 1.
        filters: int, `filters` of `encoder`. Defaults to 32.
        width: int, `width` of `encoder`. Defaults to 64.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `left` (float32 of
            shape (batch, size, size, channels)) and `right` (float32 of shape (batch,
            size, size, channels)).
    """
    left = keras.Input(shape=(size, size, channels), name="left")
    right = keras.Input(shape=(size, size, channels), name="right")
    shared_encoder = encoder(left, filters, width)
    encoder_output = shared_encoder(left)
    other = shared_encoder(right)
    x = layers.Subtract()([encoder_output, other])
    x = ops.absolute(x)
    outputs = layers.Dense(1, activation="sigmoid")(x)
    return keras.Model({"left": left, "right": right}, outputs, name="siamese")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
