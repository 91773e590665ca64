"""The `row_output_name` model."""

# By keras-scaffold from row_output_name.yaml (subclass); sha256 599cbb76fa927d54

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_output_name")
class RowOutputName(keras.Model):
    """The `row_output_name` model.

    Args:
        **kwargs: What `keras.Model` takes, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(4)
        self.memory = layers.LSTM(3, return_state=True, name="memory")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        outputs = self.memory(x, training=training)
        return outputs[1]

    def export(self, filepath, *args, **kwargs):
        # Of a class, Keras does not know by itself what is to be exported.
        kwargs.setdefault("input_signature", [keras.Input(shape=(6, 4))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Builds the `row_output_name` model.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 6, 4).
    """
    model = RowOutputName(name="row_output_name")
    model.build((None, 6, 4))
    return model
