"""Sorts texts into classes by attention among their words.

Words are numbers from 1 on, and so are their positions; 0 fills up what is shorter than
the rest.
"""

# By keras-scaffold from transformer_encoder.yaml (subclass); sha256 5fc064275c4ec935

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="transformer_encoder")
class TransformerBlock(layers.Layer):
    """Attention and a feed-forward network, each behind a normalization.

    Args:
        width: int, `key_dim` of `multi_head_attention` and `units` of `dense` and
            `dense_1`.
        heads: int, `num_heads` and `key_dim` of `multi_head_attention`.
        dropout: float, `dropout` of `multi_head_attention` and `rate` of `attended` and
            `changed`. Defaults to 0.1.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, width, heads, dropout=0.1, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.heads = heads
        self.dropout = dropout
        self.normal = layers.LayerNormalization(epsilon=1e-6, name="normal")
        self.multi_head_attention = layers.MultiHeadAttention(
            heads, width // heads, dropout=dropout
        )
        self.attended = layers.Dropout(dropout, name="attended")
        self.middle = layers.Add(name="middle")
        self.layer_normalization = layers.LayerNormalization(epsilon=1e-6)
        self.dense = layers.Dense(4 * width, activation="gelu")
        self.dense_1 = layers.Dense(width)
        self.changed = layers.Dropout(dropout, name="changed")
        self.add = layers.Add()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        normal = self.normal(inputs)
        x = self.multi_head_attention(normal, normal, training=training)
        attended = self.attended(x, training=training)
        middle = self.middle([inputs, attended])
        x = self.layer_normalization(middle)
        x = self.dense(x)
        x = self.dense_1(x)
        changed = self.changed(x, training=training)
        return self.add([middle, changed])

    def compute_mask(self, inputs, previous_mask):
        # The layers inside `call` already set the mask of the output.
        return None

    def get_config(self):
        return {
            **super().get_config(),
            "width": self.width,
            "heads": self.heads,
            "dropout": self.dropout,
        }


@keras.saving.register_keras_serializable(package="transformer_encoder")
class TransformerEncoder(keras.Model):
    """Sorts texts into classes by attention among their words.

    Words are numbers from 1 on, and so are their positions; 0 fills up what is shorter
    than the rest.

    Args:
        words: int, `input_dim` of `token_vectors`. Defaults to 1000.
        length: int, `input_dim` of `position_vectors`. Defaults to 64.
        width: int, `output_dim` of `token_vectors` and `position_vectors` and `width`
            of `transformer_block`. Defaults to 32.
        heads: int, `heads` of `transformer_block`. Defaults to 4.
        depth: int, the number of layers of `transformer_block`. Defaults to 2.
        dropout: float, `rate` of `dropout` and `dropout` of `transformer_block`.
            Defaults to 0.1.
        num_classes: int, `units` of `dense`. Defaults to 4.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(
        self,
        words=1000,
        length=64,
        width=32,
        heads=4,
        depth=2,
        dropout=0.1,
        num_classes=4,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.words = words
        self.length = length
        self.width = width
        self.heads = heads
        self.depth = depth
        self.dropout = dropout
        self.num_classes = num_classes
        self.token_vectors = layers.Embedding(
            words, width, mask_zero=True, name="token_vectors"
        )
        self.position_vectors = layers.Embedding(
            length + 1, width, mask_zero=True, name="position_vectors"
        )
        self.add = layers.Add()
        self.dropout_1 = layers.Dropout(dropout)
        self.transformer_block = [
            TransformerBlock(
                width, heads, dropout=dropout, name=f"transformer_block_{i}"
            )
            for i in range(depth)
        ]
        self.layer_normalization = layers.LayerNormalization(epsilon=1e-6)
        self.global_average_pooling1d = layers.GlobalAveragePooling1D()
        self.dense = layers.Dense(num_classes, activation="softmax")

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("tokens", "positions")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "tokens": keras.Input(
                    batch_shape=input_shape["tokens"], dtype="int32", name="tokens"
                ),
                "positions": keras.Input(
                    batch_shape=input_shape["positions"],
                    dtype="int32",
                    name="positions",
                ),
            }
        )
        self.built = True

    def call(self, inputs, training=None):
        if not isinstance(inputs, dict) or inputs.keys() - {"tokens", "positions"}:
            raise ValueError(
                "expected a dictionary with the keys `tokens` and `positions`"
            )
        token_vectors = self.token_vectors(inputs["tokens"])
        position_vectors = self.position_vectors(inputs["positions"])
        x = self.add([token_vectors, position_vectors])
        x = self.dropout_1(x, training=training)
        for block in self.transformer_block:
            x = block(x, training=training)
        x = self.layer_normalization(x)
        x = self.global_average_pooling1d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "tokens": keras.Input(shape=(None,), dtype="int32", name="tokens"),
                    "positions": keras.Input(
                        shape=(None,), dtype="int32", name="positions"
                    ),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "words": self.words,
            "length": self.length,
            "width": self.width,
            "heads": self.heads,
            "depth": self.depth,
            "dropout": self.dropout,
            "num_classes": self.num_classes,
        }


def build_model(
    words=1000, length=64, width=32, heads=4, depth=2, dropout=0.1, num_classes=4
) -> keras.Model:
    """Build the `transformer_encoder` model.

    Args:
        words: int, `input_dim` of `token_vectors`. Defaults to 1000.
        length: int, `input_dim` of `position_vectors`. Defaults to 64.
        width: int, `output_dim` of `token_vectors` and `position_vectors` and `width`
            of `transformer_block`. Defaults to 32.
        heads: int, `heads` of `transformer_block`. Defaults to 4.
        depth: int, the number of layers of `transformer_block`. Defaults to 2.
        dropout: float, `rate` of `dropout` and `dropout` of `transformer_block`.
            Defaults to 0.1.
        num_classes: int, `units` of `dense`. Defaults to 4.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `tokens` (int32 of
            shape (batch, None)) and `positions` (int32 of shape (batch, None)).
    """
    model = TransformerEncoder(
        words=words,
        length=length,
        width=width,
        heads=heads,
        depth=depth,
        dropout=dropout,
        num_classes=num_classes,
        name="transformer_encoder",
    )
    model.build({"tokens": (None, None), "positions": (None, None)})
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adamw", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
