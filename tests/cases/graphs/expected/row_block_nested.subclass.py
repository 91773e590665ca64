"""The `row_block_nested` model."""

# By keras-scaffold from row_block_nested.yaml (subclass); sha256 61e378b4cb82c05f

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_block_nested")
class FeedForward(layers.Layer):
    """Two dense layers.

    Args:
        width: int, `units` of `dense` and `dense_1`.
        rate: float, `rate` of `dropout`. Defaults to 0.1.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, width, rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.rate = rate
        self.dense = layers.Dense(2 * width, activation="gelu")
        self.dense_1 = layers.Dense(width)
        self.dropout = layers.Dropout(rate)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        x = self.dense_1(x)
        return self.dropout(x, training=training)

    def get_config(self):
        return {**super().get_config(), "width": self.width, "rate": self.rate}


@keras.saving.register_keras_serializable(package="row_block_nested")
class Transformer(layers.Layer):
    """Attention and a feed-forward network, each with a shortcut.

    Args:
        width: int, `key_dim` of `attended` and `width` of `changed`.
        heads: int, `num_heads` and `key_dim` of `attended`. Defaults to 2.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, width, heads=2, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.heads = heads
        self.attended = layers.MultiHeadAttention(
            heads, width // heads, name="attended"
        )
        self.add = layers.Add()
        self.normalized = layers.LayerNormalization(name="normalized")
        self.changed = FeedForward(width, name="changed")
        self.add_1 = layers.Add()
        self.layer_normalization = layers.LayerNormalization()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        attended = self.attended(inputs, inputs, training=training)
        x = self.add([attended, inputs])
        normalized = self.normalized(x)
        changed = self.changed(normalized, training=training)
        x = self.add_1([changed, normalized])
        return self.layer_normalization(x)

    def get_config(self):
        return {**super().get_config(), "width": self.width, "heads": self.heads}


@keras.saving.register_keras_serializable(package="row_block_nested")
class RowBlockNested(keras.Model):
    """The `row_block_nested` model.

    Args:
        width: int, `width` of `transformer`. Defaults to 8.
        depth: int, the number of layers of `transformer`. Defaults to 2.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, width=8, depth=2, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.depth = depth
        self.transformer = [
            Transformer(width, name=f"transformer_{i}") for i in range(depth)
        ]
        self.global_average_pooling1d = layers.GlobalAveragePooling1D()
        self.dense = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = inputs
        for block in self.transformer:
            x = block(x, training=training)
        x = self.global_average_pooling1d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(6, 8))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "width": self.width, "depth": self.depth}


def build_model(width=8, depth=2) -> keras.Model:
    """Build the `row_block_nested` model.

    Args:
        width: int, `width` of `transformer`. Defaults to 8.
        depth: int, the number of layers of `transformer`. Defaults to 2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6, 8).
    """
    model = RowBlockNested(width=width, depth=depth, name="row_block_nested")
    model.build((None, 6, 8))
    return model
