"""One model in two notations."""

# By keras-scaffold from line.yaml (subclass); sha256 d9f4fe700be9c19c

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="notations")
class Notations(keras.Model):
    """One model in two notations.

    Args:
        num_classes: int, `units` of `dense` and `probabilities`. Defaults to 10.
        dropout: float, `rate` of `dropout`. Defaults to 0.25.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_classes=10, dropout=0.25, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.dropout = dropout
        self.conv2d = layers.Conv2D(8, (3, 3), padding="same", activation="relu")
        self.max_pooling2d = layers.MaxPooling2D()
        self.reshape = layers.Reshape((16, 8))
        self.flatten = layers.Flatten()
        self.dropout_1 = layers.Dropout(dropout)
        self.dense = layers.Dense(
            num_classes * 2,
            kernel_initializer=keras.initializers.HeNormal(seed=1),
            kernel_regularizer=keras.regularizers.L1L2(l1=1e-5, l2=1e-4),
            bias_constraint="max_norm",
        )
        self.probabilities = layers.Dense(
            num_classes, activation="softmax", name="probabilities"
        )

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv2d(inputs)
        x = self.max_pooling2d(x)
        x = self.reshape(x)
        x = self.flatten(x)
        x = self.dropout_1(x, training=training)
        x = self.dense(x)
        return self.probabilities(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(8, 8, 1))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_classes": self.num_classes,
            "dropout": self.dropout,
        }


def build_model(num_classes=10, dropout=0.25) -> keras.Model:
    """Build the `notations` model.

    Args:
        num_classes: int, `units` of `dense` and `probabilities`. Defaults to 10.
        dropout: float, `rate` of `dropout`. Defaults to 0.25.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 8, 8, 1).
    """
    model = Notations(num_classes=num_classes, dropout=dropout, name="notations")
    model.build((None, 8, 8, 1))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.Adam(
            learning_rate=keras.optimizers.schedules.CosineDecay(0.01, decay_steps=1000)
        ),
        loss="sparse_categorical_crossentropy",
    )
