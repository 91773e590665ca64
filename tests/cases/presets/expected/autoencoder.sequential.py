"""Compresses rows of numbers into short codes and reconstructs them."""

# By keras-scaffold from autoencoder.yaml (sequential); sha256 e144af4fad1f1e6a

import keras
from keras import layers


def encoder(code_size, name="encoder"):
    """Encodes a row as a short code.

    Args:
        code_size: int, `units` of `dense_1`.
        name: str, the name of the model. Defaults to "encoder".

    Returns:
        A new `keras.Sequential` model.
    """
    return keras.Sequential(
        [
            *[layers.Dense(units, activation="relu") for units in (256, 128)],
            layers.Dense(code_size),
        ],
        name=name,
    )


def decoder(num_features, name="decoder"):
    """Decodes a short code into a row.

    Args:
        num_features: int, `units` of `dense_1`.
        name: str, the name of the model. Defaults to "decoder".

    Returns:
        A new `keras.Sequential` model.
    """
    return keras.Sequential(
        [
            *[layers.Dense(units, activation="relu") for units in (128, 256)],
            layers.Dense(num_features, activation="sigmoid"),
        ],
        name=name,
    )


def build_model(num_features=784, code_size=32) -> keras.Model:
    """Build the `autoencoder` model.

    Args:
        num_features: int, a dimension of `inputs` and `num_features` of `decoder`.
            Defaults to 784.
        code_size: int, `code_size` of `encoder`. Defaults to 32.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, num_features).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(num_features,)),
            encoder(code_size),
            decoder(num_features),
        ],
        name="autoencoder",
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(optimizer="adam", loss="mean_squared_error")
