"""A custom layer: each feature of the result is a weighted sum of those given."""

# By keras-scaffold new layer Projection; sha256 25fd8f3e5784c90a

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="projection")
class Projection(keras.layers.Layer):
    """Multiplies the last axis with a kernel, and adds a bias.

    Args:
        units: int, the size of the last axis of what it gives. Defaults to 32.
        activation: str, what is applied to the result. Defaults to None.
        **kwargs: What `keras.layers.Layer` takes, such as `name`.
    """

    def __init__(self, units=32, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.activation = keras.activations.get(activation)
        # Each step of a sequence is seen by itself: a mask holds for the result, too.
        self.supports_masking = True

    def build(self, input_shape):
        size = input_shape[-1]
        self.kernel = self.add_weight(
            name="kernel", shape=(size, self.units), initializer="glorot_uniform"
        )
        self.bias = self.add_weight(
            name="bias", shape=(self.units,), initializer="zeros"
        )

    def call(self, inputs):
        x = ops.add(ops.matmul(inputs, self.kernel), self.bias)
        return self.activation(x)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.units)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "activation": keras.activations.serialize(self.activation),
        }
