"""The `seq2seq` model."""

# By keras-scaffold from translation.yaml (subclass); sha256 b0764b428c8775cf

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


@keras.saving.register_keras_serializable(package="seq2seq")
class Seq2seq(keras.Model):
    """The `seq2seq` model.

    Args:
        **kwargs: What `keras.Model` takes, such as `name`.
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
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
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
            raise ValueError("`inputs` is a dictionary of source and target")
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
        # Of a class, Keras does not know by itself what is to be exported.
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
    """Builds the `seq2seq` model.

    Returns:
        A built model, not compiled, that takes a dictionary of `source` (int32 of shape
            (batch, None)) and `target` (int32 of shape (batch, None)).
    """
    model = Seq2seq(name="seq2seq")
    model.build({"source": (None, None), "target": (None, None)})
    return model
