"""A list of outputs, one of them a layer's state."""

# By keras-scaffold from two_outputs.yaml (functional); sha256 e1fa8d8166842bbd

import keras
from keras import layers, ops


def build_model() -> keras.Model:
    """Build the `two_outputs` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6, 4).
    """
    inputs = keras.Input(shape=(6, 4))
    x = layers.Masking(name="kept")(inputs)
    memory = layers.GRU(5, return_sequences=True, return_state=True, name="memory")(x)
    x = layers.Dense(3, activation="tanh")(memory[1])
    head = layers.Dropout(0.1, name="head")(x)
    x = ops.concatenate([head, memory[1]], axis=-1)
    joined = layers.Dense(2, name="joined")(x)
    return keras.Model(inputs, [memory[0], joined], name="two_outputs")
