"""The `row_if` model."""

# By keras-scaffold from row_if.yaml (subclass); sha256 aef708a3a3cbef27

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_if")
class RowIf(keras.Model):
    """The `row_if` model.

    Args:
        wide: bool, the condition of `dense` and `batch_normalization`. Defaults to
            True.
        depth: int, the condition of `batch_normalization` and `pooled`. Defaults to 2.
        rate: float, the condition and `rate` of `dropout`. Defaults to 0.2.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, wide=True, depth=2, rate=0.2, **kwargs):
        super().__init__(**kwargs)
        self.wide = wide
        self.depth = depth
        self.rate = rate
        self.dense = layers.Dense(8) if wide else layers.Dense(4)
        self.batch_normalization = (
            layers.BatchNormalization() if depth > 1 and not wide else layers.Identity()
        )
        self.dropout = layers.Dropout(rate) if rate > 0 else layers.Identity()
        self.pooled = (
            layers.GlobalMaxPooling1D(name="pooled")
            if depth in (1, 2)
            else layers.Flatten(name="pooled")
        )
        self.dense_1 = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        x = self.batch_normalization(x, training=training)
        x = self.dropout(x, training=training)
        x = self.pooled(x)
        return self.dense_1(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(6, 3))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "wide": self.wide,
            "depth": self.depth,
            "rate": self.rate,
        }


def build_model(wide=True, depth=2, rate=0.2) -> keras.Model:
    """Build the `row_if` model.

    Args:
        wide: bool, the condition of `dense` and `batch_normalization`. Defaults to
            True.
        depth: int, the condition of `batch_normalization` and `pooled`. Defaults to 2.
        rate: float, the condition and `rate` of `dropout`. Defaults to 0.2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6, 3).
    """
    model = RowIf(wide=wide, depth=depth, rate=rate, name="row_if")
    model.build((None, 6, 3))
    return model
