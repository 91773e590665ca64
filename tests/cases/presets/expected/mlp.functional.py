"""Classifies rows of numbers with two hidden layers."""

# By keras-scaffold from mlp.yaml (functional); sha256 be6614c5225a88f3

import keras
from keras import layers


def build_model(
    num_features=30, num_classes=2, units=64, dropout_rate=0.2
) -> keras.Model:
    """Build the `mlp` model.

    Args:
        num_features: int, a dimension of `inputs`. Defaults to 30.
        num_classes: int, `units` of `dense_2`. Defaults to 2.
        units: int, `units` of `dense` and `dense_1`. Defaults to 64.
        dropout_rate: float, `rate` of `dropout` and `dropout_1`. Defaults to 0.2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, num_features).
    """
    inputs = keras.Input(shape=(num_features,))
    x = layers.BatchNormalization(momentum=0.9)(inputs)
    x = layers.Dense(units, activation="relu")(x)
    x = layers.Dropout(dropout_rate)(x)
    x = layers.Dense(units, activation="relu")(x)
    x = layers.Dropout(dropout_rate)(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs, name="mlp")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
