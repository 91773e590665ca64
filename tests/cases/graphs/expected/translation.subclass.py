"""The `seq2seq` model."""

# By keras-scaffold from translation.yaml (subclass); sha256 202f290dd08e7101

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


@keras.saving.register_keras_serializable(package="seq2seq")
class Seq2seq(keras.Model):
    """The `seq2seq` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.se = layers.Embedding(50, 8, mask_zero=True, name="se")
        self.enc = layers.LSTM(8, return_sequences=True, return_state=True, name="enc")
        self.te = layers.Embedding(50, 8, mask_zero=True, name="te")
        self.dec = layers.LSTM(8, return_sequences=True, name="dec")
        self.att = layers.MultiHeadAttention(2, 4, name="att")
        self.add = layers.Add(name="add")
        self.layer_normalization = layers.LayerNormalization()
        self.dense = layers.Dense(50, activation="softmax")
        self.own_mask = OwnMask()

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("source", "target")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "source": keras.Input(
                    batch_shape=input_shape["source"], dtype="int32", name="source"
                ),
                "target": keras.Input(
                    batch_shape=input_shape["target"], dtype="int32", name="target"
                ),
            }
        )
        self.built = True

    def call(self, inputs, training=None):
        if not isinstance(inputs, dict) or inputs.keys() - {"source", "target"}:
            raise ValueError(
                "expected a dictionary with the keys `source` and `target`"
            )
        x = self.se(inputs["source"])
        enc = self.enc(x, training=training)
        te = self.te(inputs["target"])
        dec = self.dec(te, initial_state=[enc[1], enc[2]], training=training)
        att = self.att(
            query=self.own_mask(dec), value=self.own_mask(enc[0]), training=training
        )
        x = self.add([dec, att])
        x = self.layer_normalization(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "source": keras.Input(shape=(None,), dtype="int32", name="source"),
                    "target": keras.Input(shape=(None,), dtype="int32", name="target"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `seq2seq` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `source` (int32 of
            shape (batch, None)) and `target` (int32 of shape (batch, None)).
    """
    model = Seq2seq(name="seq2seq")
    model.build({"source": (None, None), "target": (None, None)})
    return model
