"""Predicts whether two images show the same object, with a shared encoder."""

# By keras-scaffold from siamese.yaml (subclass); sha256 8d1576a07bdac49c

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="siamese")
class Encoder(layers.Layer):
    """Encodes an image as a vector.

    Args:
        filters: int, `filters` of `conv2d` and `conv2d_1`.
        width: int, `units` of `dense`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, width, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.width = width
        self.rescaling = layers.Rescaling(1 / 255)
        self.conv2d = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.max_pooling2d = layers.MaxPooling2D()
        self.conv2d_1 = layers.Conv2D(filters * 2, 3, padding="same", activation="relu")
        self.max_pooling2d_1 = layers.MaxPooling2D()
        self.flatten = layers.Flatten()
        self.dense = layers.Dense(width)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.rescaling(inputs)
        x = self.conv2d(x)
        x = self.max_pooling2d(x)
        x = self.conv2d_1(x)
        x = self.max_pooling2d_1(x)
        x = self.flatten(x)
        return self.dense(x)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters, "width": self.width}


@keras.saving.register_keras_serializable(package="siamese")
class Siamese(keras.Model):
    """Predicts whether two images show the same object, with a shared encoder.

    Args:
        size: int, a dimension of `left` and `right`. Defaults to 28.
        channels: int, a dimension of `left` and `right`. Defaults to 1.
        filters: int, `filters` of `encoder`. Defaults to 32.
        width: int, `width` of `encoder`. Defaults to 64.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, size=28, channels=1, filters=32, width=64, **kwargs):
        super().__init__(**kwargs)
        self.size = size
        self.channels = channels
        self.filters = filters
        self.width = width
        self.encoder = Encoder(filters, width, name="encoder")
        self.subtract = layers.Subtract()
        self.dense = layers.Dense(1, activation="sigmoid")

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("left", "right")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "left": keras.Input(batch_shape=input_shape["left"], name="left"),
                "right": keras.Input(batch_shape=input_shape["right"], name="right"),
            }
        )
        self.built = True

    def call(self, inputs):
        if not isinstance(inputs, dict) or inputs.keys() - {"left", "right"}:
            raise ValueError("expected a dictionary with the keys `left` and `right`")
        encoder = self.encoder(inputs["left"])
        other = self.encoder(inputs["right"])
        x = self.subtract([encoder, other])
        x = ops.absolute(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "left": keras.Input(
                        shape=(self.size, self.size, self.channels), name="left"
                    ),
                    "right": keras.Input(
                        shape=(self.size, self.size, self.channels), name="right"
                    ),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "size": self.size,
            "channels": self.channels,
            "filters": self.filters,
            "width": self.width,
        }


def build_model(size=28, channels=1, filters=32, width=64) -> keras.Model:
    """Build the `siamese` model.

    Args:
        size: int, a dimension of `left` and `right`. Defaults to 28.
        channels: int, a dimension of `left` and `right`. Defaults to 1.
        filters: int, `filters` of `encoder`. Defaults to 32.
        width: int, `width` of `encoder`. Defaults to 64.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `left` (float32 of
            shape (batch, size, size, channels)) and `right` (float32 of shape (batch,
            size, size, channels)).
    """
    model = Siamese(
        size=size, channels=channels, filters=filters, width=width, name="siamese"
    )
    model.build(
        {"left": (None, size, size, channels), "right": (None, size, size, channels)}
    )
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
