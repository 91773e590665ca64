"""Classifies grayscale images of 28x28 pixels with convolutions."""

# By keras-scaffold from cnn.yaml (sequential); sha256 2c9827fa0fae2b24

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
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Rescaling(1 / 255),
            layers.Conv2D(filters, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(filters * 2, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(dropout_rate),
            layers.Dense(num_classes, activation="softmax"),
        ],
        name="cnn",
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
