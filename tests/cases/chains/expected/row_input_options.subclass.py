"""The `row_input_options` model."""

# By keras-scaffold from row_input_options.yaml (subclass); sha256 33477653be3ab86f

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_input_options")
class RowInputOptions(keras.Model):
    """The `row_input_options` model.

    Args:
        size: int, a dimension of `pixels`. Defaults to 3.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, size=3, **kwargs):
        super().__init__(**kwargs)
        self.size = size
        self.rescaling = layers.Rescaling(1 / 255)
        self.flatten = layers.Flatten()
        self.dense = layers.Dense(2)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape, dtype="uint8", name="pixels"))
        self.built = True

    def call(self, inputs):
        x = self.rescaling(inputs)
        x = self.flatten(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                keras.Input(
                    shape=(self.size, self.size),
                    batch_size=4,
                    dtype="uint8",
                    name="pixels",
                )
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "size": self.size}


def build_model(size=3) -> keras.Model:
    """Build the `row_input_options` model.

    Args:
        size: int, a dimension of `pixels`. Defaults to 3.

    Returns:
        A built, uncompiled model. Its input is uint8 of shape (4, size, size).
    """
    model = RowInputOptions(size=size, name="row_input_options")
    model.build((4, size, size))
    return model
