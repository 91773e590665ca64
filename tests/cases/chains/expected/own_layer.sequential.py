"""A layer of the user's own, under a name of the spec's own."""

# By keras-scaffold from own_layer.yaml (sequential); sha256 0cc66ae0fd216a5e

import keras
from keras import layers
from tests.cases.own_layers import Offset as Shift
from tests.cases.own_layers import Scale


def build_model(factor=3.0) -> keras.Model:
    """Build the `own_layer` model.

    Args:
        factor: float, an argument of `scale`. Defaults to 3.0.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 4).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(4,)),
            Scale(factor),
            Shift(by=-1.0, name="shifted"),
            layers.Dense(2),
        ],
        name="own_layer",
    )
