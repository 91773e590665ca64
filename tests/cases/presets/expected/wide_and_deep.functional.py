"""Classifies rows into two classes by their numbers and categories."""

# By keras-scaffold from wide_and_deep.yaml (functional); sha256 2e2c2ffb9e1cd819

import keras
from keras import layers


def build_model(
    num_numbers=8,
    num_columns=4,
    num_categories=100,
    width=8,
    units=64,
    dropout_rate=0.2,
) -> keras.Model:
    """Build the `wide_and_deep` model.

    Args:
        num_numbers: int, a dimension of `numbers`. Defaults to 8.
        num_columns: int, a dimension of `categories`. Defaults to 4.
        num_categories: int, `num_tokens` of `category_encoding` and `input_dim` of
            `embedding`. Defaults to 100.
        width: int, `output_dim` of `embedding`. Defaults to 8.
        units: int, `units` of `dense` and `dense_1`. Defaults to 64.
        dropout_rate: float, `rate` of `dropout` and `dropout_1`. Defaults to 0.2.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `numbers` (float32 of
            shape (batch, num_numbers)) and `categories` (int32 of shape (batch,
            num_columns)).
    """
    numbers = keras.Input(shape=(num_numbers,), name="numbers")
    categories = keras.Input(shape=(num_columns,), dtype="int32", name="categories")
    x = layers.CategoryEncoding(num_tokens=num_categories)(categories)
    wide = layers.Dense(1, use_bias=False, name="wide")(x)
    x = layers.Embedding(num_categories, width)(categories)
    vectors = layers.Flatten(name="vectors")(x)
    x = layers.Concatenate()([numbers, vectors])
    x = layers.Dense(units, activation="relu")(x)
    x = layers.Dropout(dropout_rate)(x)
    x = layers.Dense(units, activation="relu")(x)
    x = layers.Dropout(dropout_rate)(x)
    deep = layers.Dense(1, name="deep")(x)
    x = layers.Add()([wide, deep])
    outputs = layers.Activation("sigmoid")(x)
    return keras.Model(
        {"numbers": numbers, "categories": categories}, outputs, name="wide_and_deep"
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam",
        loss="binary_crossentropy",
        metrics=["accuracy", keras.metrics.AUC()],
    )
