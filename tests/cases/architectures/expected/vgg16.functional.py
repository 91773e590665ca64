"""VGG16, a deep row of small convolutions that classifies images."""

# By keras-scaffold from vgg16.yaml (functional); sha256 50ee72dee4ba5590

import keras
from keras import layers


def stage(inputs, filters, depth):
    """A few convolutions, and a pooling that halves the size.

    Args:
        inputs: The tensor that the block is called on.
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
    """Builds the `vgg16` model.

    Args:
        num_classes: int, `units` of `predictions`. Defaults to 1000.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 224, 224, 3).
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
    """Compiles the model in place.

    Args:
        model: What `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.SGD(momentum=0.9),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
