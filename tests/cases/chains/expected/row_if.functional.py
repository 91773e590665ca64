"""The `row_if` model."""

# By keras-scaffold from row_if.yaml (functional); sha256 351d7df4779fe790

import keras
from keras import layers


def build_model(wide=True, depth=2, rate=0.2) -> keras.Model:
    """Build the `row_if` model.

    Args:
        wide: bool, the condition of `dense` and `batch_normalization`. Defaults to
            True.
        depth: int, the condition of `batch_normalization` and `pooled`. Defaults to 2.
        rate: float, the condition and `rate` of `dropout`. Defaults to 0.2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6, 3).
    """
    inputs = keras.Input(shape=(6, 3))
    x = layers.Dense(8)(inputs) if wide else layers.Dense(4)(inputs)
    x = layers.BatchNormalization()(x) if depth > 1 and not wide else x
    x = layers.Dropout(rate)(x) if rate > 0 else x
    x = (
        layers.GlobalMaxPooling1D(name="pooled")(x)
        if depth in (1, 2)
        else layers.Flatten(name="pooled")(x)
    )
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="row_if")
