"""Predicts a class and an amount from the same row of numbers."""

# By keras-scaffold from multi_task.yaml (functional); sha256 2cde621b46e8915b

import keras
from keras import layers


def build_model(
    num_features=12, num_classes=3, units=64, dropout_rate=0.2
) -> keras.Model:
    """Build the `multi_task` model.

    Args:
        num_features: int, a dimension of `inputs`. Defaults to 12.
        num_classes: int, `units` of `kind`. Defaults to 3.
        units: int, `units` of `dense`, `shared`, `dense_1` and `dense_2`. Defaults to
            64.
        dropout_rate: float, `rate` of `dropout`. Defaults to 0.2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, num_features).
    """
    inputs = keras.Input(shape=(num_features,))
    x = layers.Normalization(name="scaled")(inputs)
    x = layers.Dense(units, activation="relu")(x)
    x = layers.Dropout(dropout_rate)(x)
    shared = layers.Dense(units, activation="relu", name="shared")(x)
    x = layers.Dense(units // 2, activation="relu")(shared)
    kind = layers.Dense(num_classes, activation="softmax", name="kind")(x)
    x = layers.Dense(units // 2, activation="relu")(shared)
    amount = layers.Dense(1, name="amount")(x)
    return keras.Model(inputs, {"kind": kind, "amount": amount}, name="multi_task")


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam",
        loss={
            "kind": "sparse_categorical_crossentropy",
            "amount": "mean_squared_error",
        },
        loss_weights={"kind": 1.0, "amount": 0.5},
        metrics={"kind": ["accuracy"], "amount": ["mae"]},
    )
