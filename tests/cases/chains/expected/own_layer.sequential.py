"""A layer of the user's own, under a name of the spec's own."""

# By keras-scaffold from own_layer.yaml (sequential); sha256 98bc62acebd2f159

import keras
from keras import layers
from tests.cases.own_layers import Offset as Shift
from tests.cases.own_layers import Scale


def build_model(factor=3.0) -> keras.Model:
    """Builds the `own_layer` model.

    Args:
        factor: float, an argument of `scale`. Defaults to 3.0.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 4).
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
