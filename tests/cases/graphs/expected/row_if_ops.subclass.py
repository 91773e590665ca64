"""The `row_if_ops` model."""

# By keras-scaffold from row_if_ops.yaml (subclass); sha256 4efddd6954ee99b0

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="row_if_ops")
class RowIfOps(keras.Model):
    """The `row_if_ops` model.

    Args:
        smooth: bool, the condition of `bent`. Defaults to False.
        scale: bool, the condition of `add` and `multiply`. Defaults to True.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, smooth=False, scale=True, **kwargs):
        super().__init__(**kwargs)
        self.smooth = smooth
        self.scale = scale
        self.hidden = layers.Dense(4, name="hidden")
        self.add = layers.Add() if scale else layers.Multiply()
        self.dense = None if scale else layers.Dense(4)
        self.dense_1 = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        hidden = self.hidden(inputs)
        bent = ops.softplus(hidden) if self.smooth else ops.relu(hidden)
        x = self.add([hidden, bent])
        x = ops.multiply(x, 0.5) if self.scale else self.dense(x)
        return self.dense_1(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(6,))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "smooth": self.smooth, "scale": self.scale}


def build_model(smooth=False, scale=True) -> keras.Model:
    """Build the `row_if_ops` model.

    Args:
        smooth: bool, the condition of `bent`. Defaults to False.
        scale: bool, the condition of `add` and `multiply`. Defaults to True.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6).
    """
    model = RowIfOps(smooth=smooth, scale=scale, name="row_if_ops")
    model.build((None, 6))
    return model
