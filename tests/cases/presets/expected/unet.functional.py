"""Predicts the class of each pixel of an image."""

# By keras-scaffold from unet.yaml (functional); sha256 90498a3360478f42

import keras
from keras import layers


def convs(inputs, filters):
    """Two convolutions of one width.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `conv2d` and `conv2d_1`.

    Returns:
        A tensor.
    """
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(inputs)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.BatchNormalization(momentum=0.9)(x)


def up(small, kept, filters, name="up"):
    """Doubles the size of an image, and adds the details of a skip connection.

    Args:
        small: An input tensor.
        kept: An input tensor.
        filters: int, `filters` of `large` and `convs`.
        name: str, the prefix of its layer names. Defaults to "up".

    Returns:
        A tensor.
    """
    large = layers.Conv2DTranspose(filters, 2, strides=2, name=f"{name}_large")(small)
    x = layers.Concatenate()([kept, large])
    return convs(x, filters)


def build_model(num_classes=3, size=64, channels=3, filters=16) -> keras.Model:
    """Build the `unet` model.

    Args:
        num_classes: int, `filters` of `conv2d` and `num_classes` of `MeanIoU` in
            `compile`. Defaults to 3.
        size: int, a dimension of `inputs`. Defaults to 64.
        channels: int, a dimension of `inputs`. Defaults to 3.
        filters: int, `filters` of `whole`, `halved`, `quartered` and 2 more. Defaults
            to 16.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, size, size,
            channels).
    """
    inputs = keras.Input(shape=(size, size, channels))
    x = layers.Rescaling(1 / 255)(inputs)
    whole = convs(x, filters)
    x = layers.MaxPooling2D()(whole)
    halved = convs(x, filters * 2)
    x = layers.MaxPooling2D()(halved)
    quartered = convs(x, filters * 4)
    halfway = up(quartered, halved, filters * 2, name="halfway")
    x = up(halfway, whole, filters)
    outputs = layers.Conv2D(num_classes, 1, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="unet")


def compile_model(model, num_classes=3):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
        num_classes: int, `filters` of `conv2d` and `num_classes` of `MeanIoU` in
            `compile`. Defaults to 3.
    """
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=[
            "accuracy",
            keras.metrics.MeanIoU(num_classes=num_classes, sparse_y_pred=False),
        ],
    )
