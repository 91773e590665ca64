"""Classifies grayscale images of 28x28 pixels with convolutions."""

# By keras-scaffold from cnn.yaml (functional); sha256 c6b9adf82c99c9c6

import keras
from keras import layers


def build_model(num_classes=10, filters=32, dropout_rate=0.5) -> keras.Model:
    """Build the `cnn` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.
        filters: int, `filters` of `conv2d` and `conv2d_1`. Defaults to 32.
        dropout_rate: float, `rate` of `dropout`. Defaults to 0.5.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 28, 28, 1).
    """
    inputs = keras.Input(shape=(28, 28, 1))
    x = layers.Rescaling(1 / 255)(inputs)
    x = layers.Conv2D(filters, 3, activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(filters * 2, 3, activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    x = layers.Dropout(dropout_rate)(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="cnn")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
