"""A custom layer that computes weighted sums of its input features."""

# By keras-scaffold new layer GatedMixture; sha256 beb26cce53cc2a7a

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="gated_mixture")
class GatedMixture(keras.layers.Layer):
    """Multiply the last axis by a kernel and add a bias.

    Args:
        rate: float, to be used in `call`. Defaults to 0.25.
        sizes: tuple, to be used in `call`. Defaults to (2, 3).
        mode: str, to be used in `call`. Defaults to "fast".
        activation: str, the activation function of the output. Defaults to "tanh".
        use_bias: bool, whether to add a bias. Defaults to False.
        **kwargs: Arguments of `keras.layers.Layer`, such as `name`.
    """

    def __init__(
        self,
        rate=0.25,
        sizes=(2, 3),
        mode="fast",
        activation="tanh",
        use_bias=False,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.rate = rate
        self.sizes = sizes
        self.mode = mode
        self.activation = keras.activations.get(activation)
        self.use_bias = use_bias
        # Timesteps are processed independently, so the mask is valid for the output.
        self.supports_masking = True

    def build(self, input_shape):
        size = input_shape[-1]
        self.kernel = self.add_weight(
            name="kernel", shape=(size, size), initializer="glorot_uniform"
        )
        if self.use_bias:
            self.bias = self.add_weight(name="bias", shape=(size,), initializer="zeros")

    def call(self, inputs):
        x = ops.matmul(inputs, self.kernel)
        if self.use_bias:
            x = ops.add(x, self.bias)
        return self.activation(x)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "rate": self.rate,
            "sizes": self.sizes,
            "mode": self.mode,
            "activation": keras.activations.serialize(self.activation),
            "use_bias": self.use_bias,
        }
