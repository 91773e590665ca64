"""Stages of dense layers."""

# By keras-scaffold from row_block_keyed.yaml (subclass); sha256 bbbb99504951e16e

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_block_chain")
class Step(layers.Layer):
    """A dense layer, normalized.

    Args:
        units: int, `units` of `dense`.
        rate: float, the condition and `rate` of `dropout`. Defaults to 0.1.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, units, rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.rate = rate
        self.dense = layers.Dense(units, use_bias=False)
        self.batch_normalization = layers.BatchNormalization()
        self.re_lu = layers.ReLU()
        self.dropout = layers.Dropout(rate) if rate > 0 else layers.Identity()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        x = self.batch_normalization(x, training=training)
        x = self.re_lu(x)
        return self.dropout(x, training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "rate": self.rate}


@keras.saving.register_keras_serializable(package="row_block_chain")
class Stage(layers.Layer):
    """Some layers of one size.

    The last one drops nothing out.

    Args:
        units: int, `units` of `step` and `last`.
        depth: int, the number of layers of `step`. Defaults to 2.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, units, depth=2, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.depth = depth
        self.step = [Step(units, name=f"step_{i}") for i in range(depth)]
        self.last = Step(units, rate=0.0, name="last")

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = inputs
        for block in self.step:
            x = block(x, training=training)
        return self.last(x, training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "depth": self.depth}


@keras.saving.register_keras_serializable(package="row_block_chain")
class RowBlockChain(keras.Model):
    """Stages of dense layers.

    Args:
        units: int, `units` of `stage` and `narrow`. Defaults to 8.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, units=8, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.stage = Stage(units)
        self.narrow = Stage(units // 2, depth=1, name="narrow")
        self.dense = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.stage(inputs, training=training)
        x = self.narrow(x, training=training)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(4,))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def build_model(units=8) -> keras.Model:
    """Build the `row_block_chain` model.

    Args:
        units: int, `units` of `stage` and `narrow`. Defaults to 8.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 4).
    """
    model = RowBlockChain(units=units, name="row_block_chain")
    model.build((None, 4))
    return model
