"""The `row_for` model."""

# By keras-scaffold from row_for_keyed.yaml (subclass); sha256 62042f3b01bd1220

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_for")
class RowFor(keras.Model):
    """The `row_for` model.

    Args:
        width: int, a loop value of `conv2d`. Defaults to 16.
        stride: int, a loop value of `conv2d`. Defaults to 2.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, width=16, stride=2, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.stride = stride
        self.conv2d = [
            layers.Conv2D(f, 3, strides=s, padding="same")
            for f, s in ((4, 1), (width, stride))
        ]
        self.global_average_pooling2d = layers.GlobalAveragePooling2D()
        self.tower = [
            layers.Dense(units, activation="relu", name=f"tower_{i}")
            for i, units in enumerate((8, 4))
        ]
        self.activation = [
            layers.Activation(name_of) for name_of in ("tanh", "sigmoid")
        ]

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = inputs
        for layer in self.conv2d:
            x = layer(x)
        x = self.global_average_pooling2d(x)
        for layer in self.tower:
            x = layer(x)
        for layer in self.activation:
            x = layer(x)
        return x

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(8, 8, 1))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "width": self.width, "stride": self.stride}


def build_model(width=16, stride=2) -> keras.Model:
    """Build the `row_for` model.

    Args:
        width: int, a loop value of `conv2d`. Defaults to 16.
        stride: int, a loop value of `conv2d`. Defaults to 2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 8, 8, 1).
    """
    model = RowFor(width=width, stride=stride, name="row_for")
    model.build((None, 8, 8, 1))
    return model
