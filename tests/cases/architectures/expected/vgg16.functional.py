"""VGG16, a deep row of small convolutions that classifies images."""

# By keras-scaffold from vgg16.yaml (functional); sha256 b7ba89ff80048ccb

import keras
from keras import layers


def stage(inputs, filters, depth):
    """A few convolutions, and a pooling that halves the size.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `conv2d`.
        depth: int, the number of layers of `conv2d`.

    Returns:
        A tensor.
    """
    x = inputs
    for _ in range(depth):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D()(x)


def build_model(num_classes=1000) -> keras.Model:
    """Build the `vgg16` model.

    Args:
        num_classes: int, `units` of `predictions`. Defaults to 1000.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 224, 224, 3).
    """
    inputs = keras.Input(shape=(224, 224, 3))
    x = inputs
    for filters, depth in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        x = stage(x, filters, depth)
    x = layers.Flatten()(x)
    x = layers.Dense(4096, activation="relu", name="fc1")(x)
    x = layers.Dense(4096, activation="relu", name="fc2")(x)
    outputs = layers.Dense(num_classes, activation="softmax", name="predictions")(x)
    return keras.Model(inputs, outputs, name="vgg16")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.SGD(momentum=0.9),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
