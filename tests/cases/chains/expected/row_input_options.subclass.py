"""The `row_input_options` model."""

# By keras-scaffold from row_input_options.yaml (subclass); sha256 f5f0df257aa99f36

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_input_options")
class RowInputOptions(keras.Model):
    """The `row_input_options` model.

    Args:
        size: int, a size of `pixels`. Defaults to 3.
        **kwargs: What `keras.Model` takes, such as `name`.
    """

    def __init__(self, size=3, **kwargs):
        super().__init__(**kwargs)
        self.size = size
        self.rescaling = layers.Rescaling(1 / 255)
        self.flatten = layers.Flatten()
        self.dense = layers.Dense(2)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(keras.Input(batch_shape=input_shape, dtype="uint8", name="pixels"))
        self.built = True

    def call(self, inputs):
        x = self.rescaling(inputs)
        x = self.flatten(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Of a class, Keras does not know by itself what is to be exported.
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
    """Builds the `row_input_options` model.

    Args:
        size: int, a size of `pixels`. Defaults to 3.

    Returns:
        A built model, not compiled, that takes uint8 of shape (4, size, size).
    """
    model = RowInputOptions(size=size, name="row_input_options")
    model.build((4, size, size))
    return model
