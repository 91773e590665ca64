"""Tells from a picture of a face its expression and its age."""

# By keras-scaffold from multi_task.yaml (functional); sha256 b53b0104e4b6e827

import keras
from keras import layers


def stage(inputs, filters):
    """The `stage` block.

    Args:
        inputs: The input tensor.
        filters: int, `filters` of `conv2d`.

    Returns:
        A tensor.
    """
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(inputs)
    x = layers.BatchNormalization()(x)
    return layers.MaxPooling2D()(x)


def head(inputs, units, activation="linear", dropout=0.3):
    """What one task makes of what both see.

    Args:
        inputs: The input tensor.
        units: int, `units` of `dense_1`.
        activation: str, `activation` of `dense_1`. Defaults to "linear".
        dropout: float, `rate` of `dropout`. Defaults to 0.3.

    Returns:
        A tensor.
    """
    x = layers.Dense(32, activation="relu")(inputs)
    x = layers.Dropout(dropout)(x)
    return layers.Dense(units, activation=activation)(x)


def build_model(expressions=7, dropout=0.3) -> keras.Model:
    """Build the `multi_task` model.

    Args:
        expressions: int, `units` of `expression`. Defaults to 7.
        dropout: float, `dropout` of `expression` and `age`. Defaults to 0.3.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 48, 48, 1).
    """
    inputs = keras.Input(shape=(48, 48, 1))
    x = inputs
    for filters in (16, 32, 64):
        x = stage(x, filters)
    seen = layers.GlobalAveragePooling2D(name="seen")(x)
    expression = head(seen, expressions, activation="softmax", dropout=dropout)
    age = head(seen, 1, dropout=dropout)
    return keras.Model(
        inputs, {"expression": expression, "age": age}, name="multi_task"
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam",
        loss={
            "expression": "sparse_categorical_crossentropy",
            "age": keras.losses.Huber(delta=5.0),
        },
        loss_weights={"expression": 1.0, "age": 0.1},
        metrics={
            "expression": [
                "accuracy",
                keras.metrics.SparseTopKCategoricalAccuracy(k=2),
            ],
            "age": ["mae"],
        },
    )
