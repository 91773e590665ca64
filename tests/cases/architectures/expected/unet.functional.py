"""Says of each pixel of an image what it belongs to."""

# By keras-scaffold from unet.yaml (functional); sha256 dd5771041e22a9c2

import keras
from keras import layers


def conv_pair(inputs, filters):
    """The `conv_pair` block.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `conv2d` and `conv2d_1`.

    Returns:
        A tensor.
    """
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x)


def down(inputs, filters, name="down"):
    """Halves the size, and keeps what it was for the way up.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `skip`.
        name: str, the prefix of its layer names. Defaults to "down".

    Returns:
        A list of 2 tensors.
    """
    skip = conv_pair(inputs, filters)
    small = layers.MaxPooling2D(name=f"{name}_small")(skip)
    return [small, skip]


def up(small, skip, filters, name="up"):
    """Doubles the size, with what the way down kept.

    Args:
        small: An input tensor.
        skip: An input tensor.
        filters: int, `filters` of `large` and `conv_pair`.
        name: str, the prefix of its layer names. Defaults to "up".

    Returns:
        A tensor.
    """
    large = layers.Conv2DTranspose(filters, 2, strides=2, name=f"{name}_large")(small)
    x = layers.Concatenate()([skip, large])
    return conv_pair(x, filters)


def build_model(filters=16, num_classes=3) -> keras.Model:
    """Build the `unet` model.

    Args:
        filters: int, `filters` of `down_1`, `down_2`, `bottom` and 2 more. Defaults to
            16.
        num_classes: int, `filters` of `conv2d` and `num_classes` of `MeanIoU` in
            `compile`. Defaults to 3.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 32, 32, 1).
    """
    inputs = keras.Input(shape=(32, 32, 1))
    down_1 = down(inputs, filters, name="down_1")
    down_2 = down(down_1[0], 2 * filters, name="down_2")
    bottom = conv_pair(down_2[0], 4 * filters)
    up_2 = up(bottom, down_2[1], 2 * filters, name="up_2")
    x = up(up_2, down_1[1], filters, name="up_1")
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
