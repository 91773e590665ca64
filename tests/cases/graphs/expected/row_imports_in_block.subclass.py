"""The `row_imports_in_block` model."""

# By keras-scaffold from row_imports_in_block.yaml (subclass); sha256 9b7ecd72d7333163

import keras
from keras import layers
from tests.cases.own_layers import Scale


@keras.saving.register_keras_serializable(package="row_imports_in_block")
class Scaled(layers.Layer):
    """Scales a layer's result, and adds it to what it was.

    Args:
        units: int, `units` of `dense`.
        factor: float, an argument of `scaled`. Defaults to 0.5.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, units, factor=0.5, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.factor = factor
        self.dense = layers.Dense(units)
        self.scaled = Scale(factor, name="scaled")
        self.add = layers.Add()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        scaled = self.scaled(x, training=training)
        return self.add([inputs, scaled])

    def get_config(self):
        return {**super().get_config(), "units": self.units, "factor": self.factor}


@keras.saving.register_keras_serializable(package="row_imports_in_block")
class RowImportsInBlock(keras.Model):
    """The `row_imports_in_block` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.scale = Scale(2.0)
        self.scaled = Scaled(4)
        self.dense = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.scale(inputs, training=training)
        x = self.scaled(x, training=training)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(4,))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_imports_in_block` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 4).
    """
    model = RowImportsInBlock(name="row_imports_in_block")
    model.build((None, 4))
    return model
