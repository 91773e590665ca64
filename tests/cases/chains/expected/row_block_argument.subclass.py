"""The `row_block_argument` model."""

# By keras-scaffold from row_block_argument.yaml (subclass); sha256 30b65dd66ce179a4

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_block_argument")
class Encoder(layers.Layer):
    """Encodes one image of a film.

    Args:
        units: int, `units` of `hidden`. Defaults to 6.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, units=6, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.flatten = layers.Flatten()
        self.hidden = layers.Dense(units, activation="relu", name="hidden")
        self.dense = layers.Dense(3)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.flatten(inputs)
        x = self.hidden(x)
        return self.dense(x)

    def compute_output_shape(self, input_shape):
        return self.call(keras.Input(batch_shape=input_shape)).shape

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable(package="row_block_argument")
class RowBlockArgument(keras.Model):
    """The `row_block_argument` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.time_distributed = layers.TimeDistributed(Encoder(8))
        self.gru = layers.GRU(4)
        self.dense = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.time_distributed(inputs)
        x = self.gru(x, training=training)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(5, 4, 3))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_block_argument` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 5, 4, 3).
    """
    model = RowBlockArgument(name="row_block_argument")
    model.build((None, 5, 4, 3))
    return model
