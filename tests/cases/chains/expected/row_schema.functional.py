"""A model without a name of its own."""

# By keras-scaffold from row_schema.yaml (functional); sha256 c470503dda85e445

import keras
from keras import layers


def build_model() -> keras.Model:
    """Builds the `row_schema` model.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 3).
    """
    inputs = keras.Input(shape=(3,))
    x = layers.Dense(4, activation="relu")(inputs)
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="row_schema")
