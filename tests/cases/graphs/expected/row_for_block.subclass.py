"""The `row_for_block` model."""

# By keras-scaffold from row_for_block.yaml (subclass); sha256 962f683491f1c301

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_for_block")
class Residual(layers.Layer):
    """Convolutions and a shortcut, which is fitted where the size changes.

    Args:
        filters: int, `filters` of `conv2d`, `change` and `shortcut`.
        stride: int, `strides` of `conv2d` and `shortcut` and the condition of
            `shortcut`. Defaults to 1.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, stride=1, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.stride = stride
        self.conv2d = layers.Conv2D(
            filters, 3, strides=stride, padding="same", activation="relu"
        )
        self.change = layers.Conv2D(filters, 3, padding="same", name="change")
        self.shortcut = (
            layers.Conv2D(filters, 1, strides=stride, name="shortcut")
            if stride > 1
            else layers.Identity()
        )
        self.add = layers.Add()
        self.re_lu = layers.ReLU()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.conv2d(inputs)
        change = self.change(x)
        shortcut = self.shortcut(inputs)
        x = self.add([change, shortcut])
        return self.re_lu(x)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters, "stride": self.stride}


@keras.saving.register_keras_serializable(package="row_for_block")
class RowForBlock(keras.Model):
    """The `row_for_block` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.conv2d = layers.Conv2D(4, 3, padding="same")
        self.stage = [
            Residual(f, stride=s, name=f"stage_{i}")
            for i, (f, s) in enumerate(((4, 1), (8, 2), (8, 1)))
        ]
        self.global_average_pooling2d = layers.GlobalAveragePooling2D()
        self.dense = layers.Dense(2)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.conv2d(inputs)
        for block in self.stage:
            x = block(x)
        x = self.global_average_pooling2d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(16, 16, 3))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_for_block` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 16, 16, 3).
    """
    model = RowForBlock(name="row_for_block")
    model.build((None, 16, 16, 3))
    return model
