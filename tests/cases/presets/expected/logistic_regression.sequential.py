"""Classifies rows into two classes by a weighted sum of their columns."""

# By keras-scaffold from logistic_regression.yaml (sequential); sha256 c737f560df0de761

import keras
from keras import layers


def build_model(num_features=30, l2=1e-3) -> keras.Model:
    """Build the `logistic_regression` model.

    Args:
        num_features: int, a dimension of `inputs`. Defaults to 30.
        l2: float, `l2` of `L2` in `dense`. Defaults to 0.001.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, num_features).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(num_features,)),
            layers.Normalization(name="scaled"),
            layers.Dense(
                1, activation="sigmoid", kernel_regularizer=keras.regularizers.L2(l2)
            ),
        ],
        name="logistic_regression",
    )


def compile_model(model, learning_rate=0.01):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
        learning_rate: float, `learning_rate` of `Adam` in `compile`. Defaults to 0.01.
    """
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        loss="binary_crossentropy",
        metrics=["accuracy", keras.metrics.AUC()],
    )
