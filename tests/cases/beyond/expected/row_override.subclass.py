"""A chain whose every step of training is written out, to be changed."""

# By keras-scaffold from row_override.yaml (subclass); sha256 fab2d0c5997ea097

import keras
import tensorflow as tf
from keras import layers


@keras.saving.register_keras_serializable(package="row_override")
class RowOverride(keras.Model):
    """A chain whose every step of training is written out, to be changed.

    Args:
        units: int, `units` of `dense`. Defaults to 8.
        **kwargs: What `keras.Model` takes, such as `name`.
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
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        x = self.batch_normalization(x, training=training)
        x = self.dropout(x, training=training)
        return self.dense_1(x)

    def train_step(self, data):
        """Trains on one batch as Keras does, with TensorFlow as its backend.

        Args:
            data: The batch: `x`, `(x, y)` or `(x, y, sample_weight)`.

        Returns:
            The metrics so far by name, the loss among them.
        """
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred, sample_weight, training=True)
            # In float16, small gradients would vanish if the loss were not scaled.
            scaled_loss = self.optimizer.scale_loss(loss)
        weights = self.trainable_weights
        self.optimizer.apply(tape.gradient(scaled_loss, weights), weights)
        # The mean over all batches so far, of which the last may be smaller.
        loss_tracker = next(one for one in self.metrics if one.name == "loss")
        # Among several devices, each has computed its share of the loss.
        loss *= tf.distribute.get_strategy().num_replicas_in_sync
        loss_tracker.update_state(loss, sample_weight=tf.shape(x)[0])
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def test_step(self, data):
        """Evaluates on one batch as Keras does, with TensorFlow as its backend.

        Args:
            data: The batch: `x`, `(x, y)` or `(x, y, sample_weight)`.

        Returns:
            The metrics so far by name, the loss among them.
        """
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        y_pred = self(x, training=False)
        loss = self.compute_loss(x, y, y_pred, sample_weight, training=False)
        # The mean over all batches so far, of which the last may be smaller.
        loss_tracker = next(one for one in self.metrics if one.name == "loss")
        # Among several devices, each has computed its share of the loss.
        loss *= tf.distribute.get_strategy().num_replicas_in_sync
        loss_tracker.update_state(loss, sample_weight=tf.shape(x)[0])
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def predict_step(self, data):
        """Predicts for one batch as Keras does, with TensorFlow as its backend.

        Args:
            data: The batch: `x`, `(x, y)` or `(x, y, sample_weight)`.

        Returns:
            What the model gives for `x`.
        """
        x, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        return self(x, training=False)

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        """Computes the loss of one batch, as Keras does.

        Args:
            x: What the model was called on.
            y: The targets.
            y_pred: What the model gives for `x`.
            sample_weight: How much each example counts; without it, all count alike.
            training: Whether the model is being trained, rather than evaluated.

        Returns:
            The loss to minimize, a single number.
        """
        # What `compile` says of each output, and what layers and regularizers add.
        return super().compute_loss(x, y, y_pred, sample_weight, training=training)

    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        """Updates the metrics with one batch, as Keras does.

        Args:
            x: What the model was called on.
            y: The targets.
            y_pred: What the model gives for `x`.
            sample_weight: How much each example counts; without it, all count alike.

        Returns:
            The metrics so far by name, the loss among them.
        """
        # What `compile` lists is updated here, the loss where it is computed.
        return super().compute_metrics(x, y, y_pred, sample_weight)

    def export(self, filepath, *args, **kwargs):
        # Of a class, Keras does not know by itself what is to be exported.
        kwargs.setdefault("input_signature", [keras.Input(shape=(5,))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def build_model(units=8) -> keras.Model:
    """Builds the `row_override` model.

    Args:
        units: int, `units` of `dense`. Defaults to 8.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 5).
    """
    model = RowOverride(units=units, name="row_override")
    model.build((None, 5))
    return model


def compile_model(model):
    """Compiles the model in place.

    Args:
        model: What `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.01), loss="mse", metrics=["mae"]
    )
