"""The `row_block_argument` model."""

# By keras-scaffold from row_block_argument.yaml (sequential); sha256 90867d7383c2fe77

import keras
from keras import layers


def encoder(units=6, name="encoder"):
    """Encodes one image of a film.

    Args:
        units: int, `units` of `hidden`. Defaults to 6.
        name: str, the name of what is made. Defaults to "encoder".

    Returns:
        A `keras.Sequential` of its own.
    """
    return keras.Sequential(
        [
            layers.Flatten(),
            layers.Dense(units, activation="relu", name="hidden"),
            layers.Dense(3),
        ],
        name=name,
    )


def build_model() -> keras.Model:
    """Builds the `row_block_argument` model.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 5, 4, 3).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(5, 4, 3)),
            layers.TimeDistributed(encoder(8)),
            layers.GRU(4),
            layers.Dense(1),
        ],
        name="row_block_argument",
    )
