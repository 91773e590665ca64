"""Classifies images with convolutions and shortcuts around them."""

# By keras-scaffold from resnet.yaml (functional); sha256 60baecff6302f26a

import keras
from keras import layers


def residual(inputs, filters, stride=1, name="residual"):
    """Two convolutions, added to a shortcut around them.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `conv2d`, `conv2d_1` and `shortcut`.
        stride: int, `strides` of `conv2d` and `shortcut` and the condition of
            `shortcut`. Defaults to 1.
        name: str, the prefix of its layer names. Defaults to "residual".

    Returns:
        A tensor.
    """
    x = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(
        inputs
    )
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.Activation("relu")(x)
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    change = layers.BatchNormalization(momentum=0.9, name=f"{name}_change")(x)
    shortcut = (
        layers.Conv2D(filters, 1, strides=stride, name=f"{name}_shortcut")(inputs)
        if stride > 1
        else inputs
    )
    x = layers.Add()([shortcut, change])
    return layers.Activation("relu")(x)


def stage(inputs, filters, depth, stride=1, name="stage"):
    """Residual blocks of one width; the first one can halve the image.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `residual` and `residual_row`.
        depth: int, the number of layers of `residual_row`.
        stride: int, `stride` of `residual`. Defaults to 1.
        name: str, the prefix of its layer names. Defaults to "stage".

    Returns:
        A tensor.
    """
    x = residual(inputs, filters, stride=stride, name=f"{name}_residual")
    for i in range(depth - 1):
        x = residual(x, filters, name=f"{name}_residual_row_{i}")
    return x


def build_model(
    num_classes=10, size=32, channels=3, filters=16, depth=2
) -> keras.Model:
    """Build the `resnet` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.
        size: int, a dimension of `inputs`. Defaults to 32.
        channels: int, a dimension of `inputs`. Defaults to 3.
        filters: int, `filters` of `conv2d` and `stage`. Defaults to 16.
        depth: int, `depth` of `stage`. Defaults to 2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, size, size,
            channels).
    """
    inputs = keras.Input(shape=(size, size, channels))
    x = layers.Rescaling(1 / 255)(inputs)
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    for i, (factor, stride) in enumerate(((1, 1), (2, 2), (4, 2))):
        x = stage(x, filters * factor, depth, stride=stride, name=f"stage_{i}")
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="resnet")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
