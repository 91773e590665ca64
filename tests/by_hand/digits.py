"""A small convolutional network for digits of 8x8 pixels, in three styles by hand."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers


def sequential() -> Any:
    """Builds it as a list of layers."""
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Rescaling(1 / 16),
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.BatchNormalization(),
            layers.Conv2D(64, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(10, activation="softmax"),
        ]
    )


def functional() -> Any:
    """Builds it as a graph."""
    inputs = keras.Input((8, 8, 1))
    x = layers.Rescaling(1 / 16)(inputs)
    x = layers.Conv2D(32, 3, padding="same", activation="relu")(x)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    x = layers.Dropout(0.3)(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


class Digits(keras.Model):  # type: ignore[misc] # Keras has no types
    """The same as a class."""

    def __init__(self) -> None:
        super().__init__()
        self.rescale = layers.Rescaling(1 / 16)
        self.first = layers.Conv2D(32, 3, padding="same", activation="relu")
        self.norm = layers.BatchNormalization()
        self.second = layers.Conv2D(64, 3, padding="same", activation="relu")
        self.pool = layers.MaxPooling2D()
        self.flatten = layers.Flatten()
        self.drop = layers.Dropout(0.3)
        self.classify = layers.Dense(10, activation="softmax")

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        x = self.first(self.rescale(inputs))
        x = self.norm(x, training=training)
        x = self.flatten(self.pool(self.second(x)))
        return self.classify(self.drop(x, training=training))


def subclass() -> Any:
    """Builds the class."""
    model = Digits()
    model(keras.ops.zeros((1, 8, 8, 1)))
    return model
