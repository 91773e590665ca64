"""ResNet50, a residual network that classifies images."""

# By keras-scaffold from resnet50.yaml (functional); sha256 618ad4a5464b0889

import keras
from keras import layers


def bottleneck(inputs, filters, stride=1, project=False, name="bottleneck"):
    """Three convolutions, and a shortcut around them.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `conv2d`, `conv2d_1`, `conv2d_2` and `conv2d_3`.
        stride: int, `strides` of `conv2d` and `conv2d_1`. Defaults to 1.
        project: bool, the condition of `conv2d` and `shortcut`. Defaults to False.
        name: str, the prefix of its layer names. Defaults to "bottleneck".

    Returns:
        A tensor.
    """
    x = layers.Conv2D(4 * filters, 1, strides=stride)(inputs) if project else inputs
    shortcut = (
        layers.BatchNormalization(epsilon=1.001e-5, name=f"{name}_shortcut")(x)
        if project
        else x
    )
    x = layers.Conv2D(filters, 1, strides=stride)(inputs)
    x = layers.BatchNormalization(epsilon=1.001e-5)(x)
    x = layers.Activation("relu")(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(epsilon=1.001e-5)(x)
    x = layers.Activation("relu")(x)
    x = layers.Conv2D(4 * filters, 1)(x)
    residual = layers.BatchNormalization(epsilon=1.001e-5, name=f"{name}_residual")(x)
    x = layers.Add()([shortcut, residual])
    return layers.Activation("relu")(x)


def build_model(num_classes=1000) -> keras.Model:
    """Build the `resnet50` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 1000.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 224, 224, 3).
    """
    inputs = keras.Input(shape=(224, 224, 3))
    x = layers.ZeroPadding2D(3)(inputs)
    x = layers.Conv2D(64, 7, strides=2)(x)
    x = layers.BatchNormalization(epsilon=1.001e-5)(x)
    x = layers.Activation("relu")(x)
    x = layers.ZeroPadding2D()(x)
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = bottleneck(x, 64, project=True, name="conv2_1")
    for i in range(2):
        x = bottleneck(x, 64, name=f"conv2_x_{i}")
    x = bottleneck(x, 128, stride=2, project=True, name="conv3_1")
    for i in range(3):
        x = bottleneck(x, 128, name=f"conv3_x_{i}")
    x = bottleneck(x, 256, stride=2, project=True, name="conv4_1")
    for i in range(5):
        x = bottleneck(x, 256, name=f"conv4_x_{i}")
    x = bottleneck(x, 512, stride=2, project=True, name="conv5_1")
    for i in range(2):
        x = bottleneck(x, 512, name=f"conv5_x_{i}")
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="resnet50")
