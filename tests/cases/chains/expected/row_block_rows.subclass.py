"""The `row_block_rows` model."""

# By keras-scaffold from row_block_rows.yaml (subclass); sha256 b07882966328343b

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_block_rows")
class Stage(layers.Layer):
    """A convolution that halves the size.

    Args:
        filters: int, `filters` of `conv2d`.
        kernel: int, `kernel_size` of `conv2d`. Defaults to 3.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, kernel=3, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.kernel = kernel
        self.conv2d = layers.Conv2D(
            filters, kernel, strides=2, padding="same", activation="relu"
        )
        self.spatial_dropout2d = layers.SpatialDropout2D(0.1)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv2d(inputs)
        return self.spatial_dropout2d(x, training=training)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters, "kernel": self.kernel}


@keras.saving.register_keras_serializable(package="row_block_rows")
class RowBlockRows(keras.Model):
    """The `row_block_rows` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.stage = Stage(4)
        self.stage_row = [
            Stage(8, kernel=kernel, name=f"stage_row_{i}")
            for i, kernel in enumerate((5, 3))
        ]
        self.deep = [Stage(8, name=f"deep_{i}") for i in range(2)]
        self.flatten = layers.Flatten()
        self.dense = layers.Dense(2)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.stage(inputs, training=training)
        for block in self.stage_row:
            x = block(x, training=training)
        for block in self.deep:
            x = block(x, training=training)
        x = self.flatten(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(16, 16, 1))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_block_rows` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 16, 16, 1).
    """
    model = RowBlockRows(name="row_block_rows")
    model.build((None, 16, 16, 1))
    return model
