"""Attention in keyed notation, with arguments of the call."""

# By keras-scaffold from keyed_graph.yaml (subclass); sha256 030eec76e5191cf3

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="keyed_graph")
class KeyedGraph(keras.Model):
    """Attention in keyed notation, with arguments of the call.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.attention = layers.MultiHeadAttention(2, 4, name="attention")
        self.added = layers.Add(name="added")
        self.layer_normalization = layers.LayerNormalization()
        self.change = layers.Dense(8, name="change")
        self.multiply = layers.Multiply()
        self.global_average_pooling1d = layers.GlobalAveragePooling1D()

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("query", "memory")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "query": keras.Input(batch_shape=input_shape["query"], name="query"),
                "memory": keras.Input(batch_shape=input_shape["memory"], name="memory"),
            }
        )
        self.built = True

    def call(self, inputs, training=None):
        if not isinstance(inputs, dict) or inputs.keys() - {"query", "memory"}:
            raise ValueError("expected a dictionary with the keys `query` and `memory`")
        attention = self.attention(
            query=inputs["query"],
            value=inputs["memory"],
            return_attention_scores=True,
            training=training,
        )
        added = self.added([inputs["query"], attention[0]])
        x = self.layer_normalization(added)
        change = self.change(x)
        x = self.multiply([change, added])
        return self.global_average_pooling1d(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "query": keras.Input(shape=(5, 8), name="query"),
                    "memory": keras.Input(shape=(7, 8), name="memory"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `keyed_graph` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `query` (float32 of
            shape (batch, 5, 8)) and `memory` (float32 of shape (batch, 7, 8)).
    """
    model = KeyedGraph(name="keyed_graph")
    model.build({"query": (None, 5, 8), "memory": (None, 7, 8)})
    return model
