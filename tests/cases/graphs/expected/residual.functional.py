"""A shortcut around two convolutions, and operations of keras.ops."""

# By keras-scaffold from residual.yaml (functional); sha256 567127054d882c32

import keras
from keras import layers, ops


def build_model() -> keras.Model:
    """Builds the `residual` model.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 8, 8, 3).
    """
    inputs = keras.Input(shape=(8, 8, 3))
    stem = layers.Conv2D(8, 3, padding="same", name="stem")(inputs)
    x = layers.Conv2D(8, 3, padding="same", activation="relu")(stem)
    x = layers.BatchNormalization()(x)
    body = layers.Conv2D(8, 3, padding="same", name="body")(x)
    x = layers.Add()([body, stem])
    x = ops.relu(x)
    x = ops.mean(x, axis=[1, 2])
    x = ops.multiply(x, 2.0)
    outputs = layers.Dense(2)(x)
    return keras.Model(inputs, outputs, name="residual")


def compile_model(model):
    """Compiles the model in place.

    Args:
        model: What `build_model` returns.
    """
    model.compile(optimizer="sgd", loss="mse")
