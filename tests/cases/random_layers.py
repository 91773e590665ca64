"""Layers of a user's own that draw random numbers, or count, in a forward pass."""

import keras
import numpy as np
from keras import ops


@keras.saving.register_keras_serializable(package="random")
class Sampling(keras.layers.Layer):
    """Draws from a normal distribution, and adds its divergence to the loss."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed_generator = keras.random.SeedGenerator()

    def call(self, inputs):
        mean, log_var = inputs
        spread = ops.square(mean) + ops.exp(log_var) - 1.0 - log_var
        self.add_loss(0.5 * ops.mean(spread))
        noise = keras.random.normal(
            ops.shape(mean), dtype=mean.dtype, seed=self.seed_generator
        )
        return mean + ops.exp(0.5 * log_var) * noise

    def compute_output_shape(self, shapes):
        return shapes[0]


@keras.saving.register_keras_serializable(package="random")
class Noise(keras.layers.Layer):
    """Draws from what Keras and NumPy draw from where nothing is said."""

    def call(self, inputs):
        noise = keras.random.uniform(ops.shape(inputs), dtype=inputs.dtype)
        return inputs + noise * np.random.uniform(0.5, 1.0)


@keras.saving.register_keras_serializable(package="random")
class Unseeded(keras.layers.Layer):
    """Draws from a generator of its own, which no seed reaches."""

    generator = np.random.default_rng()

    def call(self, inputs):
        return inputs * ops.cast(self.generator.uniform(0.5, 2.0), inputs.dtype)


@keras.saving.register_keras_serializable(package="random")
class Counter(keras.layers.Layer):
    """Multiplies by how often it was called."""

    def build(self, input_shape):
        self.count = self.add_weight(
            shape=(), initializer="zeros", trainable=False, name="count"
        )

    def call(self, inputs):
        self.count.assign_add(1.0)
        return inputs * ops.cast(self.count, inputs.dtype)
