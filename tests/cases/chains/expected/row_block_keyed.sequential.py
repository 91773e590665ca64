"""Stages of dense layers."""

# By keras-scaffold from row_block_keyed.yaml (sequential); sha256 b61f97f80f9dce05

import keras
from keras import layers


def step(units, rate=0.1, name="step"):
    """A dense layer, normalized.

    Args:
        units: int, `units` of `dense`.
        rate: float, the condition and `rate` of `dropout`. Defaults to 0.1.
        name: str, the name of the model. Defaults to "step".

    Returns:
        A new `keras.Sequential` model.
    """
    return keras.Sequential(
        [
            layers.Dense(units, use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Dropout(rate) if rate > 0 else layers.Identity(),
        ],
        name=name,
    )


def stage(units, depth=2, name="stage"):
    """Some layers of one size.

    The last one drops nothing out.

    Args:
        units: int, `units` of `step` and `last`.
        depth: int, the number of layers of `step`. Defaults to 2.
        name: str, the name of the model. Defaults to "stage".

    Returns:
        A new `keras.Sequential` model.
    """
    return keras.Sequential(
        [
            *[step(units, name=f"step_{i}") for i in range(depth)],
            step(units, rate=0.0, name="last"),
        ],
        name=name,
    )


def build_model(units=8) -> keras.Model:
    """Build the `row_block_chain` model.

    Args:
        units: int, `units` of `stage` and `narrow`. Defaults to 8.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 4).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(4,)),
            stage(units),
            stage(units // 2, depth=1, name="narrow"),
            layers.Dense(1),
        ],
        name="row_block_chain",
    )
