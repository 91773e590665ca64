"""Classifies grayscale images of 28x28 pixels with convolutions."""

# By keras-scaffold from cnn.yaml (subclass); sha256 1154ae96849ddc19

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="cnn")
class Cnn(keras.Model):
    """Classifies grayscale images of 28x28 pixels with convolutions.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.
        filters: int, `filters` of `conv2d` and `conv2d_1`. Defaults to 32.
        dropout_rate: float, `rate` of `dropout`. Defaults to 0.5.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_classes=10, filters=32, dropout_rate=0.5, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.filters = filters
        self.dropout_rate = dropout_rate
        self.rescaling = layers.Rescaling(1 / 255)
        self.conv2d = layers.Conv2D(filters, 3, activation="relu")
        self.max_pooling2d = layers.MaxPooling2D()
        self.conv2d_1 = layers.Conv2D(filters * 2, 3, activation="relu")
        self.max_pooling2d_1 = layers.MaxPooling2D()
        self.flatten = layers.Flatten()
        self.dropout = layers.Dropout(dropout_rate)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.rescaling(inputs)
        x = self.conv2d(x)
        x = self.max_pooling2d(x)
        x = self.conv2d_1(x)
        x = self.max_pooling2d_1(x)
        x = self.flatten(x)
        x = self.dropout(x, training=training)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(28, 28, 1))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_classes": self.num_classes,
            "filters": self.filters,
            "dropout_rate": self.dropout_rate,
        }


def build_model(num_classes=10, filters=32, dropout_rate=0.5) -> keras.Model:
    """Build the `cnn` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.
        filters: int, `filters` of `conv2d` and `conv2d_1`. Defaults to 32.
        dropout_rate: float, `rate` of `dropout`. Defaults to 0.5.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 28, 28, 1).
    """
    model = Cnn(
        num_classes=num_classes, filters=filters, dropout_rate=dropout_rate, name="cnn"
    )
    model.build((None, 28, 28, 1))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
