"""A model without a name of its own."""

# By keras-scaffold from row_schema.yaml (subclass); sha256 0dc470ebf015ca94

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_schema")
class RowSchema(keras.Model):
    """A model without a name of its own.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(4, activation="relu")
        self.dense_1 = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.dense(inputs)
        return self.dense_1(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(3,))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_schema` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 3).
    """
    model = RowSchema(name="row_schema")
    model.build((None, 3))
    return model
