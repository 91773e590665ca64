"""Compresses rows of numbers into short codes and reconstructs them."""

# By keras-scaffold from autoencoder.yaml (functional); sha256 b38158b2605ac5da

import keras
from keras import layers


def encoder(inputs, code_size):
    """Encodes a row as a short code.

    Args:
        inputs: The input tensor.
        code_size: int, `units` of `dense_1`.

    Returns:
        A tensor.
    """
    x = inputs
    for units in (256, 128):
        x = layers.Dense(units, activation="relu")(x)
    return layers.Dense(code_size)(x)


def decoder(inputs, num_features):
    """Decodes a short code into a row.

    Args:
        inputs: The input tensor.
        num_features: int, `units` of `dense_1`.

    Returns:
        A tensor.
    """
    x = inputs
    for units in (128, 256):
        x = layers.Dense(units, activation="relu")(x)
    return layers.Dense(num_features, activation="sigmoid")(x)


def build_model(num_features=784, code_size=32) -> keras.Model:
    """Build the `autoencoder` model.

    Args:
        num_features: int, a dimension of `inputs` and `num_features` of `decoder`.
            Defaults to 784.
        code_size: int, `code_size` of `encoder`. Defaults to 32.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, num_features).
    """
    inputs = keras.Input(shape=(num_features,))
    x = encoder(inputs, code_size)
    outputs = decoder(x, num_features)
    return keras.Model(inputs, outputs, name="autoencoder")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(optimizer="adam", loss="mean_squared_error")
