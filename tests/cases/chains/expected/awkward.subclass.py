r"""Ends a docstring: ''' and goes on {{ here }} with \ and 'quotes'."""

# By keras-scaffold from awkward.yaml (subclass); sha256 9f1de099d905d68e

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="awkward")
class Awkward(keras.Model):
    r"""Ends a docstring: ''' and goes on {{ here }} with \ and 'quotes'.

    Args:
        **kwargs: What `keras.Model` takes, such as `name`.
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
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(keras.Input(batch_shape=input_shape, dtype="string", name="text"))
        self.built = True

    def call(self, inputs):
        x = self.text_vectorization(inputs)
        x = self.embedding(x)
        x = self.global_average_pooling1d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Of a class, Keras does not know by itself what is to be exported.
        kwargs.setdefault(
            "input_signature", [keras.Input(shape=(1,), dtype="string", name="text")]
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Builds the `awkward` model.

    Returns:
        A built model, not compiled, that takes string of shape (batch, 1).
    """
    model = Awkward(name="awkward")
    model.build((None, 1))
    return model
