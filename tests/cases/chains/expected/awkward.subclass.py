r"""Ends a docstring: ''' and goes on {{ here }} with \ and 'quotes'."""

# By keras-scaffold from awkward.yaml (subclass); sha256 eb2684daec0f1a3a

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="awkward")
class Awkward(keras.Model):
    r"""Ends a docstring: ''' and goes on {{ here }} with \ and 'quotes'.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.text_vectorization = layers.TextVectorization(
            output_sequence_length=6,
            vocabulary=[
                "it's",
                '"""',
                "{{ 7 * 7 }}",
                "back\\slash",
                "new\nline",
                "größer",
                (
                    "a string so long that it does not fit on a line of "
                    "eighty-eight columns, and is cut"
                ),
            ],
        )
        self.embedding = layers.Embedding(20, 4)
        self.global_average_pooling1d = layers.GlobalAveragePooling1D()
        self.dense = layers.Dense(1, bias_initializer=keras.initializers.Constant(1e-5))

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape, dtype="string", name="text"))
        self.built = True

    def call(self, inputs):
        x = self.text_vectorization(inputs)
        x = self.embedding(x)
        x = self.global_average_pooling1d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature", [keras.Input(shape=(1,), dtype="string", name="text")]
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `awkward` model.

    Returns:
        A built, uncompiled model. Its input is string of shape (batch, 1).
    """
    model = Awkward(name="awkward")
    model.build((None, 1))
    return model
