"""The `seq2seq` model."""

# By keras-scaffold from translation.yaml (functional); sha256 ae215519314f40f4

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="seq2seq")
class OwnMask(layers.Identity):
    """Copies a tensor, and hands its mask on.

    `MultiHeadAttention` takes the mask off the tensors that it is called on (Keras
    3.15): it gets copies of those that something else uses.
    """

    def call(self, inputs):
        return ops.copy(inputs)


def build_model() -> keras.Model:
    """Builds the `seq2seq` model.

    Returns:
        A built model, not compiled, that takes a dictionary of `source` (int32 of shape
            (batch, None)) and `target` (int32 of shape (batch, None)).
    """
    source = keras.Input(shape=(None,), dtype="int32", name="source")
    target = keras.Input(shape=(None,), dtype="int32", name="target")
    x = layers.Embedding(50, 8, mask_zero=True, name="se")(source)
    enc = layers.LSTM(8, return_sequences=True, return_state=True, name="enc")(x)
    te = layers.Embedding(50, 8, mask_zero=True, name="te")(target)
    dec = layers.LSTM(8, return_sequences=True, name="dec")(
        te, initial_state=[enc[1], enc[2]]
    )
    att = layers.MultiHeadAttention(2, 4, name="att")(
        query=OwnMask()(dec), value=OwnMask()(enc[0])
    )
    x = layers.Add(name="add")([dec, att])
    x = layers.LayerNormalization()(x)
    outputs = layers.Dense(50, activation="softmax")(x)
    return keras.Model({"source": source, "target": target}, outputs, name="seq2seq")
