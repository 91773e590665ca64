"""The `row_dollar` model."""

# By keras-scaffold from row_dollar.yaml (subclass); sha256 8f01418786c7dec9

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_dollar")
class RowDollar(keras.Model):
    """The `row_dollar` model.

    Args:
        width: int, `output_dim` of `embedding` and `units` of `dense`. Defaults to 4.
        **kwargs: What `keras.Model` takes, such as `name`.
    """

    def __init__(self, width=4, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.text_vectorization = layers.TextVectorization(
            output_sequence_length=3, vocabulary=["$", "$5", "cents"]
        )
        self.embedding = layers.Embedding(8, width)
        self.flatten = layers.Flatten()
        self.dense = layers.Dense(width // 2)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(keras.Input(batch_shape=input_shape, dtype="string", name="price"))
        self.built = True

    def call(self, inputs):
        x = self.text_vectorization(inputs)
        x = self.embedding(x)
        x = self.flatten(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Of a class, Keras does not know by itself what is to be exported.
        kwargs.setdefault(
            "input_signature", [keras.Input(shape=(1,), dtype="string", name="price")]
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "width": self.width}


def build_model(width=4) -> keras.Model:
    """Builds the `row_dollar` model.

    Args:
        width: int, `output_dim` of `embedding` and `units` of `dense`. Defaults to 4.

    Returns:
        A built model, not compiled, that takes string of shape (batch, 1).
    """
    model = RowDollar(width=width, name="row_dollar")
    model.build((None, 1))
    return model
