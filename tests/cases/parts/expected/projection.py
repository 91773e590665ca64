"""A custom layer that computes weighted sums of its input features."""

# By keras-scaffold new layer Projection; sha256 158d832d416ec264

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="projection")
class Projection(keras.layers.Layer):
    """Multiply the last axis by a kernel and add a bias.

    Args:
        units: int, the size of the last axis of the output. Defaults to 32.
        activation: str, the activation function of the output. Defaults to None.
        **kwargs: Arguments of `keras.layers.Layer`, such as `name`.
    """

    def __init__(self, units=32, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.activation = keras.activations.get(activation)
        # Timesteps are processed independently, so the mask is valid for the output.
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
