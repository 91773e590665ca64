"""A shortcut around two convolutions, and operations of keras.ops."""

# By keras-scaffold from residual.yaml (subclass); sha256 3df903194946c76d

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="residual")
class Residual(keras.Model):
    """A shortcut around two convolutions, and operations of keras.ops.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.stem = layers.Conv2D(8, 3, padding="same", name="stem")
        self.conv2d = layers.Conv2D(8, 3, padding="same", activation="relu")
        self.batch_normalization = layers.BatchNormalization()
        self.body = layers.Conv2D(8, 3, padding="same", name="body")
        self.add = layers.Add()
        self.dense = layers.Dense(2)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        stem = self.stem(inputs)
        x = self.conv2d(stem)
        x = self.batch_normalization(x, training=training)
        body = self.body(x)
        x = self.add([body, stem])
        x = ops.relu(x)
        x = ops.mean(x, axis=[1, 2])
        x = ops.multiply(x, 2.0)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(8, 8, 3))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `residual` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 8, 8, 3).
    """
    model = Residual(name="residual")
    model.build((None, 8, 8, 3))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(optimizer="sgd", loss="mse")
