"""A shortcut around two convolutions, and operations of keras.ops."""

# By keras-scaffold from residual.yaml (functional); sha256 0faf6b1180a128fb

import keras
from keras import layers, ops


def build_model() -> keras.Model:
    """Build the `residual` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 8, 8, 3).
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
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(optimizer="sgd", loss="mse")
