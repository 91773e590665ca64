"""A custom metric for regression, averaged over all batches."""

# By keras-scaffold new metric NearTarget; sha256 bc916bd963768d55

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="near_target")
class NearTarget(keras.metrics.Metric):
    """Compute the fraction of predictions that are close to their targets.

    Args:
        tolerance: float, the largest error of a prediction that counts as correct.
            Defaults to 0.5.
        name: str, its name in the logs. Defaults to "near_target".
        **kwargs: Arguments of `keras.metrics.Metric`, such as `dtype`.
    """

    def __init__(self, tolerance=0.5, name="near_target", **kwargs):
        super().__init__(name=name, **kwargs)
        self.tolerance = tolerance
        self.total = self.add_variable(shape=(), initializer="zeros", name="total")
        self.count = self.add_variable(shape=(), initializer="zeros", name="count")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = ops.cast(y_true, self.dtype), ops.cast(y_pred, self.dtype)
        # Targets of shape (batch,) are for predictions of shape (batch, 1).
        if len(y_true.shape) < len(y_pred.shape):
            y_true = ops.expand_dims(y_true, axis=-1)
        values = ops.cast(ops.abs(y_pred - y_true) <= self.tolerance, self.dtype)
        if sample_weight is None:
            weights = ops.ones_like(values)
        else:
            weights = ops.cast(sample_weight, self.dtype)
            # A weight per example or timestep applies to all of its values.
            while len(weights.shape) < len(values.shape):
                weights = ops.expand_dims(weights, -1)
            weights = ops.broadcast_to(weights, ops.shape(values))
        self.total.assign_add(ops.sum(values * weights))
        self.count.assign_add(ops.sum(weights))

    def result(self):
        return ops.divide_no_nan(self.total, self.count)

    def reset_state(self):
        self.total.assign(0.0)
        self.count.assign(0.0)

    def get_config(self):
        return {**super().get_config(), "tolerance": self.tolerance}
