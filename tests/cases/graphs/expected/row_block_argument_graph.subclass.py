"""The `row_block_argument_graph` model."""

# By keras-scaffold from row_block_ar...t_graph.yaml (subclass); sha256 e18b37e71229e033

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_block_argument_graph")
class Shortcut(layers.Layer):
    """A dense layer and a way around it.

    Args:
        units: int, `units` of `change`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.change = layers.Dense(units, name="change")
        self.add = layers.Add()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        change = self.change(inputs)
        return self.add([change, inputs])

    def compute_output_shape(self, input_shape):
        return self.call(keras.Input(batch_shape=input_shape)).shape

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable(package="row_block_argument_graph")
class RowBlockArgumentGraph(keras.Model):
    """The `row_block_argument_graph` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.time_distributed = layers.TimeDistributed(Shortcut(4))
        self.lstm = layers.LSTM(3)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.time_distributed(inputs)
        return self.lstm(x, training=training)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(5, 4))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_block_argument_graph` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 5, 4).
    """
    model = RowBlockArgumentGraph(name="row_block_argument_graph")
    model.build((None, 5, 4))
    return model
