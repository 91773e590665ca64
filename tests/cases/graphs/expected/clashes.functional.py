"""The `clashes` model."""

# By keras-scaffold from clashes.yaml (functional); sha256 c80290e2473b9969

import keras
from keras import layers, ops


def build_model() -> keras.Model:
    """Build the `clashes` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `x` (float32 of shape
            (batch, 4)) and `inputs` (float32 of shape (batch, 4)).
    """
    x_1 = keras.Input(shape=(4,), name="x")
    inputs_1 = keras.Input(shape=(4,), name="inputs")
    shared_keras = layers.Dense(4, name="keras")
    keras_output = shared_keras(x_1)
    ops_output = shared_keras(inputs_1)
    x = layers.Add()([keras_output, ops_output])
    outputs = ops.relu(x)
    return keras.Model({"x": x_1, "inputs": inputs_1}, outputs, name="clashes")
