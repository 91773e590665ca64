"""A layer of the user's own, under a name of the spec's own."""

# By keras-scaffold from own_layer.yaml (subclass); sha256 388ecd1ccc03aea0

import keras
from keras import layers
from tests.cases.own_layers import Offset as Shift
from tests.cases.own_layers import Scale


@keras.saving.register_keras_serializable(package="own_layer")
class OwnLayer(keras.Model):
    """A layer of the user's own, under a name of the spec's own.

    Args:
        factor: float, an argument of `scale`. Defaults to 3.0.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, factor=3.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor
        self.scale = Scale(factor)
        self.shifted = Shift(by=-1.0, name="shifted")
        self.dense = layers.Dense(2)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.scale(inputs, training=training)
        x = self.shifted(x, training=training)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(4,))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


def build_model(factor=3.0) -> keras.Model:
    """Build the `own_layer` model.

    Args:
        factor: float, an argument of `scale`. Defaults to 3.0.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 4).
    """
    model = OwnLayer(factor=factor, name="own_layer")
    model.build((None, 4))
    return model
