"""The `names` model."""

# By keras-scaffold from names.yaml (subclass); sha256 f0e2febdff7b8573

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="names")
class Names(keras.Model):
    """The `names` model.

    Args:
        dense: int, `units` of `dense_2`. Defaults to 4.
        **kwargs: What `keras.Model` takes, such as `name`.
    """

    def __init__(self, dense=4, **kwargs):
        super().__init__(**kwargs)
        self.dense = dense
        self.dense_2 = layers.Dense(dense, name="dense_2")
        self.dense_1 = layers.Dense(3, name="dense_1")
        self.dense_3 = layers.Dense(3, name="dense_3")
        self.metrics_layer = layers.Activation("tanh", name="metrics")
        self.output_layer = layers.Dense(2, activation="sigmoid", name="output")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(keras.Input(batch_shape=input_shape, name="pixels"))
        self.built = True

    def call(self, inputs):
        x = self.dense_2(inputs)
        x = self.dense_1(x)
        x = self.dense_3(x)
        x = self.metrics_layer(x)
        return self.output_layer(x)

    def export(self, filepath, *args, **kwargs):
        # Of a class, Keras does not know by itself what is to be exported.
        kwargs.setdefault("input_signature", [keras.Input(shape=(6,), name="pixels")])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "dense": self.dense}


def build_model(dense=4) -> keras.Model:
    """Builds the `names` model.

    Args:
        dense: int, `units` of `dense_2`. Defaults to 4.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 6).
    """
    model = Names(dense=dense, name="names")
    model.build((None, 6))
    return model
