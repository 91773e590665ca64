"""A model without a name of its own."""

# By keras-scaffold from row_schema.yaml (functional); sha256 ced74cc14b6e11cc

import keras
from keras import layers


def build_model() -> keras.Model:
    """Build the `row_schema` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 3).
    """
    inputs = keras.Input(shape=(3,))
    x = layers.Dense(4, activation="relu")(inputs)
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="row_schema")
