"""The `row_output_name` model."""

# By keras-scaffold from row_output_name.yaml (subclass); sha256 90cd08583ea5e650

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_output_name")
class RowOutputName(keras.Model):
    """The `row_output_name` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(4)
        self.memory = layers.LSTM(3, return_state=True, name="memory")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        outputs = self.memory(x, training=training)
        return outputs[1]

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(6, 4))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_output_name` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6, 4).
    """
    model = RowOutputName(name="row_output_name")
    model.build((None, 6, 4))
    return model
