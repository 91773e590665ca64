"""Classifies rows into two classes by a weighted sum of their columns."""

# By keras-scaffold from logistic_regression.yaml (subclass); sha256 b02eaf5a42359625

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="logistic_regression")
class LogisticRegression(keras.Model):
    """Classifies rows into two classes by a weighted sum of their columns.

    Args:
        num_features: int, a dimension of `inputs`. Defaults to 30.
        l2: float, `l2` of `L2` in `dense`. Defaults to 0.001.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_features=30, l2=1e-3, **kwargs):
        super().__init__(**kwargs)
        self.num_features = num_features
        self.l2 = l2
        self.scaled = layers.Normalization(name="scaled")
        self.dense = layers.Dense(
            1, activation="sigmoid", kernel_regularizer=keras.regularizers.L2(l2)
        )

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.scaled(inputs)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(self.num_features,))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_features": self.num_features,
            "l2": self.l2,
        }


def build_model(num_features=30, l2=1e-3) -> keras.Model:
    """Build the `logistic_regression` model.

    Args:
        num_features: int, a dimension of `inputs`. Defaults to 30.
        l2: float, `l2` of `L2` in `dense`. Defaults to 0.001.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, num_features).
    """
    model = LogisticRegression(
        num_features=num_features, l2=l2, name="logistic_regression"
    )
    model.build((None, num_features))
    return model


def compile_model(model, learning_rate=0.01):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
        learning_rate: float, `learning_rate` of `Adam` in `compile`. Defaults to 0.01.
    """
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=learning_rate),
        loss="binary_crossentropy",
        metrics=["accuracy", keras.metrics.AUC()],
    )
