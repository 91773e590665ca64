"""The `seq2seq` model."""

# By keras-scaffold from translation.yaml (functional); sha256 0b533dcc21884952

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="seq2seq")
class OwnMask(layers.Identity):
    """A layer that copies a tensor and passes its mask.

    `MultiHeadAttention` removes the mask from the tensors that it is called on (Keras
    3.15), so it is called on copies of the tensors that are used elsewhere, too.
    """

    def call(self, inputs):
        return ops.copy(inputs)


def build_model() -> keras.Model:
    """Build the `seq2seq` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `source` (int32 of
            shape (batch, None)) and `target` (int32 of shape (batch, None)).
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
