"""A chain whose every step of training is written out, to be changed."""

# By keras-scaffold from row_override.yaml (subclass); sha256 6d0904d0773ac832

import keras
import tensorflow as tf
from keras import layers


@keras.saving.register_keras_serializable(package="row_override")
class RowOverride(keras.Model):
    """A chain whose every step of training is written out, to be changed.

    Args:
        units: int, `units` of `dense`. Defaults to 8.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, units=8, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(
            units, activation="relu", kernel_regularizer=keras.regularizers.L2(1e-3)
        )
        self.batch_normalization = layers.BatchNormalization()
        self.dropout = layers.Dropout(0.2)
        self.dense_1 = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        x = self.batch_normalization(x, training=training)
        x = self.dropout(x, training=training)
        return self.dense_1(x)

    def train_step(self, data):
        """Train on one batch, as Keras does with the TensorFlow backend.

        Args:
            data: The batch: `x`, `(x, y)` or `(x, y, sample_weight)`.

        Returns:
            A dictionary of the metrics so far, including the loss.
        """
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred, sample_weight, training=True)
            # Scale the loss, so that small gradients do not underflow in float16.
            scaled_loss = self.optimizer.scale_loss(loss)
        weights = self.trainable_weights
        self.optimizer.apply(tape.gradient(scaled_loss, weights), weights)
        # Weight the loss by the batch size, as the last batch may be smaller.
        loss_tracker = next(one for one in self.metrics if one.name == "loss")
        # On several devices, each device computes its share of the loss.
        loss *= tf.distribute.get_strategy().num_replicas_in_sync
        loss_tracker.update_state(loss, sample_weight=tf.shape(x)[0])
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def test_step(self, data):
        """Evaluate on one batch, as Keras does with the TensorFlow backend.

        Args:
            data: The batch: `x`, `(x, y)` or `(x, y, sample_weight)`.

        Returns:
            A dictionary of the metrics so far, including the loss.
        """
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        y_pred = self(x, training=False)
        loss = self.compute_loss(x, y, y_pred, sample_weight, training=False)
        # Weight the loss by the batch size, as the last batch may be smaller.
        loss_tracker = next(one for one in self.metrics if one.name == "loss")
        # On several devices, each device computes its share of the loss.
        loss *= tf.distribute.get_strategy().num_replicas_in_sync
        loss_tracker.update_state(loss, sample_weight=tf.shape(x)[0])
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def predict_step(self, data):
        """Predict for one batch, as Keras does with the TensorFlow backend.

        Args:
            data: The batch: `x`, `(x, y)` or `(x, y, sample_weight)`.

        Returns:
            The output of the model for `x`.
        """
        x, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        return self(x, training=False)

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        """Compute the loss of one batch, as Keras does.

        Args:
            x: The input of the model.
            y: The targets.
            y_pred: The output of the model for `x`.
            sample_weight: The weight of each example. Defaults to equal weights.
            training: Whether the model is trained rather than evaluated.

        Returns:
            The loss to minimize, a scalar.
        """
        # The losses set in `compile`, and those of layers and regularizers.
        return super().compute_loss(x, y, y_pred, sample_weight, training=training)

    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        """Update the metrics with one batch, as Keras does.

        Args:
            x: The input of the model.
            y: The targets.
            y_pred: The output of the model for `x`.
            sample_weight: The weight of each example. Defaults to equal weights.

        Returns:
            A dictionary of the metrics so far, including the loss.
        """
        # Updates the metrics set in `compile`. The steps update the loss themselves.
        return super().compute_metrics(x, y, y_pred, sample_weight)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(5,))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def build_model(units=8) -> keras.Model:
    """Build the `row_override` model.

    Args:
        units: int, `units` of `dense`. Defaults to 8.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 5).
    """
    model = RowOverride(units=units, name="row_override")
    model.build((None, 5))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.01), loss="mse", metrics=["mae"]
    )
