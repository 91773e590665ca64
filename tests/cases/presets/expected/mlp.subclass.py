"""Classifies rows of numbers with two hidden layers."""

# By keras-scaffold from mlp.yaml (subclass); sha256 c2261f0410328bab

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="mlp")
class Mlp(keras.Model):
    """Classifies rows of numbers with two hidden layers.

    Args:
        num_features: int, a dimension of `inputs`. Defaults to 30.
        num_classes: int, `units` of `dense_2`. Defaults to 2.
        units: int, `units` of `dense` and `dense_1`. Defaults to 64.
        dropout_rate: float, `rate` of `dropout` and `dropout_1`. Defaults to 0.2.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(
        self, num_features=30, num_classes=2, units=64, dropout_rate=0.2, **kwargs
    ):
        super().__init__(**kwargs)
        self.num_features = num_features
        self.num_classes = num_classes
        self.units = units
        self.dropout_rate = dropout_rate
        self.batch_normalization = layers.BatchNormalization(momentum=0.9)
        self.dense = layers.Dense(units, activation="relu")
        self.dropout = layers.Dropout(dropout_rate)
        self.dense_1 = layers.Dense(units, activation="relu")
        self.dropout_1 = layers.Dropout(dropout_rate)
        self.dense_2 = layers.Dense(num_classes, activation="softmax")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.batch_normalization(inputs, training=training)
        x = self.dense(x)
        x = self.dropout(x, training=training)
        x = self.dense_1(x)
        x = self.dropout_1(x, training=training)
        return self.dense_2(x)

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
    num_features=30, num_classes=2, units=64, dropout_rate=0.2
) -> keras.Model:
    """Build the `mlp` model.

    Args:
        num_features: int, a dimension of `inputs`. Defaults to 30.
        num_classes: int, `units` of `dense_2`. Defaults to 2.
        units: int, `units` of `dense` and `dense_1`. Defaults to 64.
        dropout_rate: float, `rate` of `dropout` and `dropout_1`. Defaults to 0.2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, num_features).
    """
    model = Mlp(
        num_features=num_features,
        num_classes=num_classes,
        units=units,
        dropout_rate=dropout_rate,
        name="mlp",
    )
    model.build((None, num_features))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
