"""A custom loss for regression."""

# By keras-scaffold new loss MeanGap; sha256 54a7b9037ade25cf

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="mean_gap")
class MeanGap(keras.losses.Loss):
    """Compute the mean absolute error.

    Args:
        alpha: float, to be used in `call`. Defaults to 0.25.
        label: any, to be used in `call`. Defaults to None.
        name: str, its name. Defaults to "mean_gap".
        **kwargs: Arguments of `keras.losses.Loss`, such as `reduction`.
    """

    def __init__(self, alpha=0.25, label=None, name="mean_gap", **kwargs):
        super().__init__(name=name, **kwargs)
        self.alpha = alpha
        self.label = label

    def call(self, y_true, y_pred):
        # Targets of shape (batch,) are for predictions of shape (batch, 1).
        if len(y_true.shape) < len(y_pred.shape):
            y_true = ops.expand_dims(y_true, axis=-1)
        error = y_pred - y_true
        # Return one value per example and timestep: Keras weights, masks and averages
        # them.
        return ops.mean(ops.abs(error), axis=-1)

    def get_config(self):
        return {**super().get_config(), "alpha": self.alpha, "label": self.label}
