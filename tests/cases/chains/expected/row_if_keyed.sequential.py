"""The `row_if` model."""

# By keras-scaffold from row_if_keyed.yaml (sequential); sha256 7d751bc535a81441

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
    return keras.Sequential(
        [
            keras.Input(shape=(6, 3)),
            layers.Dense(8) if wide else layers.Dense(4),
            (
                layers.BatchNormalization()
                if depth > 1 and not wide
                else layers.Identity()
            ),
            layers.Dropout(rate) if rate > 0 else layers.Identity(),
            (
                layers.GlobalMaxPooling1D(name="pooled")
                if depth in (1, 2)
                else layers.Flatten(name="pooled")
            ),
            layers.Dense(1),
        ],
        name="row_if",
    )
