"""Tells from a picture of a face its expression and its age."""

# By keras-scaffold from multi_task.yaml (subclass); sha256 301a9637c5995ab2

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="multi_task")
class Stage(layers.Layer):
    """The `stage` block.

    Args:
        filters: int, `filters` of `conv2d`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.conv2d = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.batch_normalization = layers.BatchNormalization()
        self.max_pooling2d = layers.MaxPooling2D()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv2d(inputs)
        x = self.batch_normalization(x, training=training)
        return self.max_pooling2d(x)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


@keras.saving.register_keras_serializable(package="multi_task")
class Head(layers.Layer):
    """What one task makes of what both see.

    Args:
        units: int, `units` of `dense_1`.
        activation: str, `activation` of `dense_1`. Defaults to "linear".
        dropout: float, `rate` of `dropout`. Defaults to 0.3.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, units, activation="linear", dropout=0.3, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.activation = activation
        self.dropout = dropout
        self.dense = layers.Dense(32, activation="relu")
        self.dropout_1 = layers.Dropout(dropout)
        self.dense_1 = layers.Dense(units, activation=activation)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        x = self.dropout_1(x, training=training)
        return self.dense_1(x)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "activation": self.activation,
            "dropout": self.dropout,
        }


@keras.saving.register_keras_serializable(package="multi_task")
class MultiTask(keras.Model):
    """Tells from a picture of a face its expression and its age.

    Args:
        expressions: int, `units` of `expression`. Defaults to 7.
        dropout: float, `dropout` of `expression` and `age`. Defaults to 0.3.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, expressions=7, dropout=0.3, **kwargs):
        super().__init__(**kwargs)
        self.expressions = expressions
        self.dropout = dropout
        self.stage = [
            Stage(filters, name=f"stage_{i}") for i, filters in enumerate((16, 32, 64))
        ]
        self.seen = layers.GlobalAveragePooling2D(name="seen")
        self.expression = Head(
            expressions, activation="softmax", dropout=dropout, name="expression"
        )
        self.age = Head(1, dropout=dropout, name="age")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = inputs
        for block in self.stage:
            x = block(x, training=training)
        seen = self.seen(x)
        expression = self.expression(seen, training=training)
        age = self.age(seen, training=training)
        return {"expression": expression, "age": age}

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(48, 48, 1))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "expressions": self.expressions,
            "dropout": self.dropout,
        }


def build_model(expressions=7, dropout=0.3) -> keras.Model:
    """Build the `multi_task` model.

    Args:
        expressions: int, `units` of `expression`. Defaults to 7.
        dropout: float, `dropout` of `expression` and `age`. Defaults to 0.3.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 48, 48, 1).
    """
    model = MultiTask(expressions=expressions, dropout=dropout, name="multi_task")
    model.build((None, 48, 48, 1))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam",
        loss={
            "expression": "sparse_categorical_crossentropy",
            "age": keras.losses.Huber(delta=5.0),
        },
        loss_weights={"expression": 1.0, "age": 0.1},
        metrics={
            "expression": [
                "accuracy",
                keras.metrics.SparseTopKCategoricalAccuracy(k=2),
            ],
            "age": ["mae"],
        },
    )
