"""A custom metric for regression, averaged over all batches."""

# By keras-scaffold new metric MeanDistance; sha256 dfe560940ab0b431

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="mean_distance")
class MeanDistance(keras.metrics.Metric):
    """Compute the mean absolute error.

    Args:
        threshold: int, to be used in `update_state`. Defaults to 3.
        name: str, its name in the logs. Defaults to "mean_distance".
        **kwargs: Arguments of `keras.metrics.Metric`, such as `dtype`.
    """

    def __init__(self, threshold=3, name="mean_distance", **kwargs):
        super().__init__(name=name, **kwargs)
        self.threshold = threshold
        self.total = self.add_variable(shape=(), initializer="zeros", name="total")
        self.count = self.add_variable(shape=(), initializer="zeros", name="count")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = ops.cast(y_true, self.dtype), ops.cast(y_pred, self.dtype)
        # Targets of shape (batch,) are for predictions of shape (batch, 1).
        if len(y_true.shape) < len(y_pred.shape):
            y_true = ops.expand_dims(y_true, axis=-1)
        values = ops.abs(y_pred - y_true)
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
        return {**super().get_config(), "threshold": self.threshold}
