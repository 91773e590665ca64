"""The `row_block_argument` model."""

# By keras-scaffold from row_block_argument.yaml (sequential); sha256 3f22ba0d657765a5

import keras
from keras import layers


def encoder(units=6, name="encoder"):
    """Encodes one image of a film.

    Args:
        units: int, `units` of `hidden`. Defaults to 6.
        name: str, the name of the model. Defaults to "encoder".

    Returns:
        A new `keras.Sequential` model.
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
    """Build the `row_block_argument` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 5, 4, 3).
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
