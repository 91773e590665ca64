"""Two inputs and a dictionary of outputs, with a step of training."""

# By keras-scaffold from override_tensors.yaml (subclass); sha256 fa74a6086ffa269c

import keras
import tensorflow as tf
from keras import layers


@keras.saving.register_keras_serializable(package="override_tensors")
class OverrideTensors(keras.Model):
    """Two inputs and a dictionary of outputs, with a step of training.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.embedding = layers.Embedding(20, 4)
        self.global_average_pooling1d = layers.GlobalAveragePooling1D()
        self.both = layers.Concatenate(name="both")
        self.liked = layers.Dense(1, activation="sigmoid", name="liked")
        self.stars = layers.Dense(1, name="stars")

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("words", "price")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "words": keras.Input(
                    batch_shape=input_shape["words"], dtype="int32", name="words"
                ),
                "price": keras.Input(batch_shape=input_shape["price"], name="price"),
            }
        )
        self.built = True

    def call(self, inputs):
        if not isinstance(inputs, dict) or inputs.keys() - {"words", "price"}:
            raise ValueError("expected a dictionary with the keys `words` and `price`")
        x = self.embedding(inputs["words"])
        x = self.global_average_pooling1d(x)
        both = self.both([x, inputs["price"]])
        liked = self.liked(both)
        stars = self.stars(both)
        return {"like": liked, "rating": stars}

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
        loss_tracker.update_state(loss, sample_weight=tf.shape(x["words"])[0])
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "words": keras.Input(shape=(6,), dtype="int32", name="words"),
                    "price": keras.Input(shape=(1,), name="price"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `override_tensors` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `words` (int32 of
            shape (batch, 6)) and `price` (float32 of shape (batch, 1)).
    """
    model = OverrideTensors(name="override_tensors")
    model.build({"words": (None, 6), "price": (None, 1)})
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="sgd",
        loss={"like": "binary_crossentropy", "rating": "mse"},
        loss_weights={"like": 1.0, "rating": 0.25},
    )
