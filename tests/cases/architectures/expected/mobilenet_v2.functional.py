"""MobileNetV2, a small network that classifies images."""

# By keras-scaffold from mobilenet_v2.yaml (functional); sha256 6ccaf849e946c983

import keras
from keras import layers


def bottleneck(inputs, width, filters, stride=1):
    """Widens its input, filters each channel by itself, and narrows it again.

    Args:
        inputs: The input tensor.
        width: int, `filters` of `conv2d`.
        filters: int, `filters` of `conv2d_1`.
        stride: int, the condition of `zero_padding2d` and `depthwise_conv2d`. Defaults
            to 1.

    Returns:
        A tensor.
    """
    x = layers.Conv2D(width, 1, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization(momentum=0.999)(x)
    x = layers.ReLU(max_value=6.0)(x)
    x = layers.ZeroPadding2D(((0, 1), (0, 1)))(x) if stride == 2 else x
    x = (
        layers.DepthwiseConv2D(3, strides=2, use_bias=False)(x)
        if stride == 2
        else layers.DepthwiseConv2D(3, padding="same", use_bias=False)(x)
    )
    x = layers.BatchNormalization(momentum=0.999)(x)
    x = layers.ReLU(max_value=6.0)(x)
    x = layers.Conv2D(filters, 1, padding="same", use_bias=False)(x)
    return layers.BatchNormalization(momentum=0.999)(x)


def inverted(inputs, filters):
    """A bottleneck, and a shortcut around it.

    Args:
        inputs: The input tensor.
        filters: int, `width` and `filters` of `narrow`.

    Returns:
        A tensor.
    """
    narrow = bottleneck(inputs, 6 * filters, filters)
    return layers.Add()([inputs, narrow])


def stage(inputs, channels, filters, depth, stride):
    """A bottleneck that changes the size, and some that keep it.

    Args:
        inputs: The input tensor.
        channels: int, `width` of `bottleneck`.
        filters: int, `filters` of `bottleneck` and `inverted`.
        depth: int, the number of layers of `inverted`.
        stride: int, `stride` of `bottleneck`.

    Returns:
        A tensor.
    """
    x = bottleneck(inputs, 6 * channels, filters, stride=stride)
    for _ in range(depth - 1):
        x = inverted(x, filters)
    return x


def build_model(num_classes=1000) -> keras.Model:
    """Build the `mobilenet_v2` model.

    Args:
        num_classes: int, `units` of `predictions`. Defaults to 1000.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 224, 224, 3).
    """
    inputs = keras.Input(shape=(224, 224, 3))
    x = layers.Conv2D(32, 3, strides=2, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization(momentum=0.999)(x)
    x = layers.ReLU(max_value=6.0)(x)
    x = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization(momentum=0.999)(x)
    x = layers.ReLU(max_value=6.0)(x)
    x = layers.Conv2D(16, 1, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization(momentum=0.999)(x)
    for channels, filters, depth, stride in (
        (16, 24, 2, 2),
        (24, 32, 3, 2),
        (32, 64, 4, 2),
        (64, 96, 3, 1),
        (96, 160, 3, 2),
        (160, 320, 1, 1),
    ):
        x = stage(x, channels, filters, depth, stride)
    x = layers.Conv2D(1280, 1, use_bias=False)(x)
    x = layers.BatchNormalization(momentum=0.999)(x)
    x = layers.ReLU(max_value=6.0)(x)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax", name="predictions")(x)
    return keras.Model(inputs, outputs, name="mobilenet_v2")
