"""Cells and wrappers.

A layer inside of a layer, a list of cells, a wrapper around a wrapper, and a second
paragraph that is long enough to be wrapped over more than a single line of a docstring.
"""

# By keras-scaffold from recurrent.yaml (subclass); sha256 6c65bcb78e38f83d

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="recurrent")
class Recurrent(keras.Model):
    """Cells and wrappers.

    A layer inside of a layer, a list of cells, a wrapper around a wrapper, and a second
    paragraph that is long enough to be wrapped over more than a single line of a
    docstring.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.rnn = layers.RNN(
            [layers.LSTMCell(8), layers.GRUCell(6)], return_sequences=True
        )
        self.time_distributed = layers.TimeDistributed(
            layers.Dense(5, activation="tanh")
        )
        self.spectral_normalization = layers.SpectralNormalization(layers.Dense(4))
        self.gru = layers.GRU(3)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape, name="signal"))
        self.built = True

    def call(self, inputs, training=None):
        x = self.rnn(inputs, training=training)
        x = self.time_distributed(x)
        x = self.spectral_normalization(x, training=training)
        return self.gru(x, training=training)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature", [keras.Input(shape=(12, 4), name="signal")]
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `recurrent` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 12, 4).
    """
    model = Recurrent(name="recurrent")
    model.build((None, 12, 4))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.SGD(momentum=0.9, nesterov=True),
        loss=keras.losses.Huber(delta=2.0),
    )
