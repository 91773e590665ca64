"""A model without a name of its own."""

# By keras-scaffold from row_schema.yaml (sequential); sha256 2170f1fb67691229

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the `row_schema` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 3).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(3,)),
            layers.Dense(4, activation="relu"),
            layers.Dense(1),
        ],
        name="row_schema",
    )
