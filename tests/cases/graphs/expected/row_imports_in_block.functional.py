"""The `row_imports_in_block` model."""

# By keras-scaffold from row_imports_in_block.yaml (functional); sha256 2516d91472fbbe07

import keras
from keras import layers
from tests.cases.own_layers import Scale


def scaled(inputs, units, factor=0.5, name="scaled"):
    """Scales a layer's result, and adds it to what it was.

    Args:
        inputs: The input tensor.
        units: int, `units` of `dense`.
        factor: float, an argument of `scaled`. Defaults to 0.5.
        name: str, the prefix of its layer names. Defaults to "scaled".

    Returns:
        A tensor.
    """
    x = layers.Dense(units)(inputs)
    scaled_output = Scale(factor, name=f"{name}_scaled")(x)
    return layers.Add()([inputs, scaled_output])


def build_model() -> keras.Model:
    """Build the `row_imports_in_block` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 4).
    """
    inputs = keras.Input(shape=(4,))
    x = Scale(2.0)(inputs)
    x = scaled(x, 4)
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="row_imports_in_block")
