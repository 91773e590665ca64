"""A custom robust loss for regression."""

# By keras-scaffold new loss SmoothGap; sha256 e5341950c6088ce3

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="smooth_gap")
class SmoothGap(keras.losses.Loss):
    """Compute a loss that is quadratic for small errors and linear for large ones.

    Args:
        delta: float, the size of an error above which the loss grows linearly. Defaults
            to 1.0.
        name: str, its name. Defaults to "smooth_gap".
        **kwargs: Arguments of `keras.losses.Loss`, such as `reduction`.
    """

    def __init__(self, delta=1.0, name="smooth_gap", **kwargs):
        super().__init__(name=name, **kwargs)
        self.delta = delta

    def call(self, y_true, y_pred):
        # Targets of shape (batch,) are for predictions of shape (batch, 1).
        if len(y_true.shape) < len(y_pred.shape):
            y_true = ops.expand_dims(y_true, axis=-1)
        error = y_pred - y_true
        scaled = ops.square(error / self.delta)
        values = self.delta**2 * (ops.sqrt(1.0 + scaled) - 1.0)
        # Return one value per example and timestep: Keras weights, masks and averages
        # them.
        return ops.mean(values, axis=-1)

    def get_config(self):
        return {**super().get_config(), "delta": self.delta}
