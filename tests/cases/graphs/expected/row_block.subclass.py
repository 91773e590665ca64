"""The `digits` model."""

# By keras-scaffold from row_block.yaml (subclass); sha256 b4c412b4abfde52e

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="digits")
class Residual(layers.Layer):
    """Two convolutions and a shortcut.

    Args:
        filters: int, `filters` of `conv2d` and `conv_2`. Defaults to 16.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters=16, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.conv2d = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.conv_2 = layers.Conv2D(filters, 3, padding="same", name="conv_2")
        self.add = layers.Add()
        self.re_lu = layers.ReLU()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.conv2d(inputs)
        conv_2 = self.conv_2(x)
        x = self.add([conv_2, inputs])
        return self.re_lu(x)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


@keras.saving.register_keras_serializable(package="digits")
class Digits(keras.Model):
    """The `digits` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_classes=10, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.conv2d = layers.Conv2D(16, 3, padding="same")
        self.residual = [Residual(name=f"residual_{i}") for i in range(2)]
        self.global_average_pooling2d = layers.GlobalAveragePooling2D()
        self.dense = layers.Dense(num_classes, activation="softmax")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.conv2d(inputs)
        for block in self.residual:
            x = block(x)
        x = self.global_average_pooling2d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(8, 8, 1))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}


def build_model(num_classes=10) -> keras.Model:
    """Build the `digits` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 8, 8, 1).
    """
    model = Digits(num_classes=num_classes, name="digits")
    model.build((None, 8, 8, 1))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
