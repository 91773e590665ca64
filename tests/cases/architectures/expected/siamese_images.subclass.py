"""Tells whether two images show the same thing, by one encoder for both."""

# By keras-scaffold from siamese_images.yaml (subclass); sha256 07e069812d188a1a

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="siamese_images")
class Encoder(layers.Layer):
    """An image as a vector.

    Args:
        width: int, `units` of `dense`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.conv2d = [
            layers.Conv2D(filters, 3, activation="relu") for filters in (16, 32)
        ]
        self.max_pooling2d = layers.MaxPooling2D()
        self.batch_normalization = layers.BatchNormalization()
        self.conv2d_1 = layers.Conv2D(64, 3, activation="relu")
        self.global_average_pooling2d = layers.GlobalAveragePooling2D()
        self.dropout = layers.Dropout(0.2)
        self.dense = layers.Dense(width, use_bias=False)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = inputs
        for layer in self.conv2d:
            x = layer(x)
        x = self.max_pooling2d(x)
        x = self.batch_normalization(x, training=training)
        x = self.conv2d_1(x)
        x = self.global_average_pooling2d(x)
        x = self.dropout(x, training=training)
        return self.dense(x)

    def get_config(self):
        return {**super().get_config(), "width": self.width}


@keras.saving.register_keras_serializable(package="siamese_images")
class SiameseImages(keras.Model):
    """Tells whether two images show the same thing, by one encoder for both.

    Args:
        width: int, `width` of `encoder`. Defaults to 32.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, width=32, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.encoder = Encoder(width, name="encoder")
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

    def call(self, inputs, training=None):
        if not isinstance(inputs, dict) or inputs.keys() - {"left", "right"}:
            raise ValueError("expected a dictionary with the keys `left` and `right`")
        encoder = self.encoder(inputs["left"], training=training)
        other = self.encoder(inputs["right"], training=training)
        x = self.subtract([encoder, other])
        x = ops.absolute(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "left": keras.Input(shape=(28, 28, 1), name="left"),
                    "right": keras.Input(shape=(28, 28, 1), name="right"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "width": self.width}


def build_model(width=32) -> keras.Model:
    """Build the `siamese_images` model.

    Args:
        width: int, `width` of `encoder`. Defaults to 32.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `left` (float32 of
            shape (batch, 28, 28, 1)) and `right` (float32 of shape (batch, 28, 28, 1)).
    """
    model = SiameseImages(width=width, name="siamese_images")
    model.build({"left": (None, 28, 28, 1), "right": (None, 28, 28, 1)})
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=5e-4),
        loss="binary_crossentropy",
        metrics=["accuracy"],
    )
