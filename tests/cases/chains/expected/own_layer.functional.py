"""A layer of the user's own, under a name of the spec's own."""

# By keras-scaffold from own_layer.yaml (functional); sha256 575f4abc9cbc8873

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
    inputs = keras.Input(shape=(4,))
    x = Scale(factor)(inputs)
    x = Shift(by=-1.0, name="shifted")(x)
    outputs = layers.Dense(2)(x)
    return keras.Model(inputs, outputs, name="own_layer")
