"""The `row_ops` model."""

# By keras-scaffold from row_ops_keyed.yaml (subclass); sha256 480e40773510416e

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="row_ops")
class RowOps(keras.Model):
    """The `row_ops` model.

    Args:
        scale: float, `x2` of `multiply`. Defaults to 2.0.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, scale=2.0, **kwargs):
        super().__init__(**kwargs)
        self.scale = scale
        self.hidden = layers.Dense(4, name="hidden")
        self.dense = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        hidden = self.hidden(inputs)
        x = ops.relu(hidden)
        x = ops.add(x, 1.0)
        gated = ops.multiply(hidden, x)
        x = ops.concatenate([gated, inputs], axis=-1)
        x = ops.multiply(x, self.scale)
        x = ops.mean(x, axis=1)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(6, 4))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "scale": self.scale}


def build_model(scale=2.0) -> keras.Model:
    """Build the `row_ops` model.

    Args:
        scale: float, `x2` of `multiply`. Defaults to 2.0.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6, 4).
    """
    model = RowOps(scale=scale, name="row_ops")
    model.build((None, 6, 4))
    return model
