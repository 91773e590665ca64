"""Predicts the class of each pixel of an image."""

# By keras-scaffold from unet.yaml (subclass); sha256 31129dbf78b6f593

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="unet")
class Convs(layers.Layer):
    """Two convolutions of one width.

    Args:
        filters: int, `filters` of `conv2d` and `conv2d_1`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.conv2d = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.batch_normalization = layers.BatchNormalization(momentum=0.9)
        self.conv2d_1 = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.batch_normalization_1 = layers.BatchNormalization(momentum=0.9)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv2d(inputs)
        x = self.batch_normalization(x, training=training)
        x = self.conv2d_1(x)
        return self.batch_normalization_1(x, training=training)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


@keras.saving.register_keras_serializable(package="unet")
class Up(layers.Layer):
    """Doubles the size of an image, and adds the details of a skip connection.

    Args:
        filters: int, `filters` of `large` and `convs`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.large = layers.Conv2DTranspose(filters, 2, strides=2, name="large")
        self.concatenate = layers.Concatenate()
        self.convs = Convs(filters)

    def build(self, small_shape, kept_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            keras.Input(batch_shape=small_shape), keras.Input(batch_shape=kept_shape)
        )
        self.built = True

    def call(self, small, kept, training=None):
        large = self.large(small)
        x = self.concatenate([kept, large])
        return self.convs(x, training=training)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


@keras.saving.register_keras_serializable(package="unet")
class Unet(keras.Model):
    """Predicts the class of each pixel of an image.

    Args:
        num_classes: int, `filters` of `conv2d` and `num_classes` of `MeanIoU` in
            `compile`. Defaults to 3.
        size: int, a dimension of `inputs`. Defaults to 64.
        channels: int, a dimension of `inputs`. Defaults to 3.
        filters: int, `filters` of `whole`, `halved`, `quartered` and 2 more. Defaults
            to 16.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_classes=3, size=64, channels=3, filters=16, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.size = size
        self.channels = channels
        self.filters = filters
        self.rescaling = layers.Rescaling(1 / 255)
        self.whole = Convs(filters, name="whole")
        self.max_pooling2d = layers.MaxPooling2D()
        self.halved = Convs(filters * 2, name="halved")
        self.max_pooling2d_1 = layers.MaxPooling2D()
        self.quartered = Convs(filters * 4, name="quartered")
        self.halfway = Up(filters * 2, name="halfway")
        self.up = Up(filters)
        self.conv2d = layers.Conv2D(num_classes, 1, activation="softmax")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.rescaling(inputs)
        whole = self.whole(x, training=training)
        x = self.max_pooling2d(whole)
        halved = self.halved(x, training=training)
        x = self.max_pooling2d_1(halved)
        quartered = self.quartered(x, training=training)
        halfway = self.halfway(quartered, halved, training=training)
        x = self.up(halfway, whole, training=training)
        return self.conv2d(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [keras.Input(shape=(self.size, self.size, self.channels))],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_classes": self.num_classes,
            "size": self.size,
            "channels": self.channels,
            "filters": self.filters,
        }


def build_model(num_classes=3, size=64, channels=3, filters=16) -> keras.Model:
    """Build the `unet` model.

    Args:
        num_classes: int, `filters` of `conv2d` and `num_classes` of `MeanIoU` in
            `compile`. Defaults to 3.
        size: int, a dimension of `inputs`. Defaults to 64.
        channels: int, a dimension of `inputs`. Defaults to 3.
        filters: int, `filters` of `whole`, `halved`, `quartered` and 2 more. Defaults
            to 16.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, size, size,
            channels).
    """
    model = Unet(
        num_classes=num_classes,
        size=size,
        channels=channels,
        filters=filters,
        name="unet",
    )
    model.build((None, size, size, channels))
    return model


def compile_model(model, num_classes=3):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
        num_classes: int, `filters` of `conv2d` and `num_classes` of `MeanIoU` in
            `compile`. Defaults to 3.
    """
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=[
            "accuracy",
            keras.metrics.MeanIoU(num_classes=num_classes, sparse_y_pred=False),
        ],
    )
