"""The `names` model."""

# By keras-scaffold from names.yaml (subclass); sha256 c7e7b0f99f47cd93

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="names")
class Names(keras.Model):
    """The `names` model.

    Args:
        dense: int, `units` of `dense_2`. Defaults to 4.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
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
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape, name="pixels"))
        self.built = True

    def call(self, inputs):
        x = self.dense_2(inputs)
        x = self.dense_1(x)
        x = self.dense_3(x)
        x = self.metrics_layer(x)
        return self.output_layer(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(6,), name="pixels")])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "dense": self.dense}


def build_model(dense=4) -> keras.Model:
    """Build the `names` model.

    Args:
        dense: int, `units` of `dense_2`. Defaults to 4.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 6).
    """
    model = Names(dense=dense, name="names")
    model.build((None, 6))
    return model
