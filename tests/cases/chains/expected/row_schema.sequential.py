"""A model without a name of its own."""

# By keras-scaffold from row_schema.yaml (sequential); sha256 fdd6554bc93ad086

import keras
from keras import layers


def build_model() -> keras.Model:
    """Builds the `row_schema` model.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 3).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(3,)),
            layers.Dense(4, activation="relu"),
            layers.Dense(1),
        ],
        name="row_schema",
    )
