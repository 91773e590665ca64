"""Classifies texts with attention between their words."""

# By keras-scaffold from transformer_classifier.yaml (subclass); sha256 1d446c1fba5871d7

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="transformer_classifier")
class Positions(layers.Layer):
    """A vector for the position of each word, counted from 1; 0 is padding.

    Args:
        max_length: int, `input_dim` of `embedding`.
        width: int, `output_dim` of `embedding`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, max_length, width, **kwargs):
        super().__init__(**kwargs)
        self.max_length = max_length
        self.width = width
        self.embedding = layers.Embedding(max_length + 1, width, mask_zero=True)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        is_word = ops.sign(inputs)
        counted = ops.cumsum(is_word, axis=1)
        x = ops.multiply(is_word, counted)
        return self.embedding(x)

    def get_config(self):
        return {
            **super().get_config(),
            "max_length": self.max_length,
            "width": self.width,
        }


@keras.saving.register_keras_serializable(package="transformer_classifier")
class Transformer(layers.Layer):
    """Attention and a feed-forward network, each with a shortcut.

    Args:
        width: int, `key_dim` of `multi_head_attention` and `units` of `dense` and
            `dense_1`.
        heads: int, `num_heads` and `key_dim` of `multi_head_attention`.
        dropout_rate: float, `rate` of `attended` and `thought`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, width, heads, dropout_rate, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.heads = heads
        self.dropout_rate = dropout_rate
        self.normal = layers.LayerNormalization(name="normal")
        self.multi_head_attention = layers.MultiHeadAttention(heads, width // heads)
        self.attended = layers.Dropout(dropout_rate, name="attended")
        self.seen = layers.Add(name="seen")
        self.layer_normalization = layers.LayerNormalization()
        self.dense = layers.Dense(4 * width, activation="gelu")
        self.dense_1 = layers.Dense(width)
        self.thought = layers.Dropout(dropout_rate, name="thought")
        self.add = layers.Add()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        normal = self.normal(inputs)
        x = self.multi_head_attention(normal, normal, training=training)
        attended = self.attended(x, training=training)
        seen = self.seen([inputs, attended])
        x = self.layer_normalization(seen)
        x = self.dense(x)
        x = self.dense_1(x)
        thought = self.thought(x, training=training)
        return self.add([seen, thought])

    def compute_mask(self, inputs, previous_mask):
        # The layers inside `call` already set the mask of the output.
        return None

    def get_config(self):
        return {
            **super().get_config(),
            "width": self.width,
            "heads": self.heads,
            "dropout_rate": self.dropout_rate,
        }


@keras.saving.register_keras_serializable(package="transformer_classifier")
class TransformerClassifier(keras.Model):
    """Classifies texts with attention between their words.

    Args:
        num_words: int, `input_dim` of `vectors`. Defaults to 10000.
        num_classes: int, `units` of `dense`. Defaults to 2.
        max_length: int, `max_length` of `places`. Defaults to 200.
        width: int, `output_dim` of `vectors` and `width` of `places` and `transformer`.
            Defaults to 64.
        heads: int, `heads` of `transformer`. Defaults to 4.
        depth: int, the number of layers of `transformer`. Defaults to 2.
        dropout_rate: float, `dropout_rate` of `transformer`. Defaults to 0.1.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(
        self,
        num_words=10000,
        num_classes=2,
        max_length=200,
        width=64,
        heads=4,
        depth=2,
        dropout_rate=0.1,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.num_words = num_words
        self.num_classes = num_classes
        self.max_length = max_length
        self.width = width
        self.heads = heads
        self.depth = depth
        self.dropout_rate = dropout_rate
        self.vectors = layers.Embedding(
            num_words, width, mask_zero=True, name="vectors"
        )
        self.places = Positions(max_length, width, name="places")
        self.add = layers.Add()
        self.transformer = [
            Transformer(width, heads, dropout_rate, name=f"transformer_{i}")
            for i in range(depth)
        ]
        self.layer_normalization = layers.LayerNormalization()
        self.global_average_pooling1d = layers.GlobalAveragePooling1D()
        self.dense = layers.Dense(num_classes, activation="softmax")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape, dtype="int32", name="words"))
        self.built = True

    def call(self, inputs, training=None):
        vectors = self.vectors(inputs)
        places = self.places(inputs)
        x = self.add([vectors, places])
        for block in self.transformer:
            x = block(x, training=training)
        x = self.layer_normalization(x)
        x = self.global_average_pooling1d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature", [keras.Input(shape=(None,), dtype="int32", name="words")]
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_words": self.num_words,
            "num_classes": self.num_classes,
            "max_length": self.max_length,
            "width": self.width,
            "heads": self.heads,
            "depth": self.depth,
            "dropout_rate": self.dropout_rate,
        }


def build_model(
    num_words=10000,
    num_classes=2,
    max_length=200,
    width=64,
    heads=4,
    depth=2,
    dropout_rate=0.1,
) -> keras.Model:
    """Build the `transformer_classifier` model.

    Args:
        num_words: int, `input_dim` of `vectors`. Defaults to 10000.
        num_classes: int, `units` of `dense`. Defaults to 2.
        max_length: int, `max_length` of `places`. Defaults to 200.
        width: int, `output_dim` of `vectors` and `width` of `places` and `transformer`.
            Defaults to 64.
        heads: int, `heads` of `transformer`. Defaults to 4.
        depth: int, the number of layers of `transformer`. Defaults to 2.
        dropout_rate: float, `dropout_rate` of `transformer`. Defaults to 0.1.

    Returns:
        A built, uncompiled model. Its input is int32 of shape (batch, None).
    """
    model = TransformerClassifier(
        num_words=num_words,
        num_classes=num_classes,
        max_length=max_length,
        width=width,
        heads=heads,
        depth=depth,
        dropout_rate=dropout_rate,
        name="transformer_classifier",
    )
    model.build((None, None))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
