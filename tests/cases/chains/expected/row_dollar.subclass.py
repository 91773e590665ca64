"""The `row_dollar` model."""

# By keras-scaffold from row_dollar.yaml (subclass); sha256 8be3e84760393c6d

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_dollar")
class RowDollar(keras.Model):
    """The `row_dollar` model.

    Args:
        width: int, `output_dim` of `embedding` and `units` of `dense`. Defaults to 4.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
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
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape, dtype="string", name="price"))
        self.built = True

    def call(self, inputs):
        x = self.text_vectorization(inputs)
        x = self.embedding(x)
        x = self.flatten(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature", [keras.Input(shape=(1,), dtype="string", name="price")]
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "width": self.width}


def build_model(width=4) -> keras.Model:
    """Build the `row_dollar` model.

    Args:
        width: int, `output_dim` of `embedding` and `units` of `dense`. Defaults to 4.

    Returns:
        A built, uncompiled model. Its input is string of shape (batch, 1).
    """
    model = RowDollar(width=width, name="row_dollar")
    model.build((None, 1))
    return model
