"""Predicts a class and an amount from the same row of numbers."""

# By keras-scaffold from multi_task.yaml (subclass); sha256 b56461741e303a7e

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="multi_task")
class MultiTask(keras.Model):
    """Predicts a class and an amount from the same row of numbers.

    Args:
        num_features: int, a dimension of `inputs`. Defaults to 12.
        num_classes: int, `units` of `kind`. Defaults to 3.
        units: int, `units` of `dense`, `shared`, `dense_1` and `dense_2`. Defaults to
            64.
        dropout_rate: float, `rate` of `dropout`. Defaults to 0.2.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(
        self, num_features=12, num_classes=3, units=64, dropout_rate=0.2, **kwargs
    ):
        super().__init__(**kwargs)
        self.num_features = num_features
        self.num_classes = num_classes
        self.units = units
        self.dropout_rate = dropout_rate
        self.scaled = layers.Normalization(name="scaled")
        self.dense = layers.Dense(units, activation="relu")
        self.dropout = layers.Dropout(dropout_rate)
        self.shared = layers.Dense(units, activation="relu", name="shared")
        self.dense_1 = layers.Dense(units // 2, activation="relu")
        self.kind = layers.Dense(num_classes, activation="softmax", name="kind")
        self.dense_2 = layers.Dense(units // 2, activation="relu")
        self.amount = layers.Dense(1, name="amount")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.scaled(inputs)
        x = self.dense(x)
        x = self.dropout(x, training=training)
        shared = self.shared(x)
        x = self.dense_1(shared)
        kind = self.kind(x)
        x = self.dense_2(shared)
        amount = self.amount(x)
        return {"kind": kind, "amount": amount}

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(self.num_features,))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_features": self.num_features,
            "num_classes": self.num_classes,
            "units": self.units,
            "dropout_rate": self.dropout_rate,
        }


def build_model(
    num_features=12, num_classes=3, units=64, dropout_rate=0.2
) -> keras.Model:
    """Build the `multi_task` model.

    Args:
        num_features: int, a dimension of `inputs`. Defaults to 12.
        num_classes: int, `units` of `kind`. Defaults to 3.
        units: int, `units` of `dense`, `shared`, `dense_1` and `dense_2`. Defaults to
            64.
        dropout_rate: float, `rate` of `dropout`. Defaults to 0.2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, num_features).
    """
    model = MultiTask(
        num_features=num_features,
        num_classes=num_classes,
        units=units,
        dropout_rate=dropout_rate,
        name="multi_task",
    )
    model.build((None, num_features))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam",
        loss={
            "kind": "sparse_categorical_crossentropy",
            "amount": "mean_squared_error",
        },
        loss_weights={"kind": 1.0, "amount": 0.5},
        metrics={"kind": ["accuracy"], "amount": ["mae"]},
    )
