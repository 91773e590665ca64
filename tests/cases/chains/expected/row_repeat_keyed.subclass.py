"""The `row_repeat` model."""

# By keras-scaffold from row_repeat_keyed.yaml (subclass); sha256 74b8f1669b723c35

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_repeat")
class RowRepeat(keras.Model):
    """The `row_repeat` model.

    Args:
        depth: int, the number of layers of `dense` and `dropout`. Defaults to 3.
        rate: float, `rate` of `dropout`. Defaults to 0.1.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, depth=3, rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.depth = depth
        self.rate = rate
        self.dense = [layers.Dense(8, activation="relu") for _ in range(depth)]
        self.dropout = [layers.Dropout(rate) for _ in range(depth - 1)]
        self.narrow = [
            layers.Dense(4, activation="tanh", name=f"narrow_{i}") for i in range(2)
        ]
        self.dense_1 = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = inputs
        for layer in self.dense:
            x = layer(x)
        for layer in self.dropout:
            x = layer(x, training=training)
        for layer in self.narrow:
            x = layer(x)
        return self.dense_1(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(8,))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "depth": self.depth, "rate": self.rate}


def build_model(depth=3, rate=0.1) -> keras.Model:
    """Build the `row_repeat` model.

    Args:
        depth: int, the number of layers of `dense` and `dropout`. Defaults to 3.
        rate: float, `rate` of `dropout`. Defaults to 0.1.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 8).
    """
    model = RowRepeat(depth=depth, rate=rate, name="row_repeat")
    model.build((None, 8))
    return model
