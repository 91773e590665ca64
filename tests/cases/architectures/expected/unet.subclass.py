"""Says of each pixel of an image what it belongs to."""

# By keras-scaffold from unet.yaml (subclass); sha256 d66b8eff095d679f

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="unet")
class ConvPair(layers.Layer):
    """The `conv_pair` block.

    Args:
        filters: int, `filters` of `conv2d` and `conv2d_1`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.conv2d = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.batch_normalization = layers.BatchNormalization()
        self.re_lu = layers.ReLU()
        self.conv2d_1 = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.batch_normalization_1 = layers.BatchNormalization()
        self.re_lu_1 = layers.ReLU()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv2d(inputs)
        x = self.batch_normalization(x, training=training)
        x = self.re_lu(x)
        x = self.conv2d_1(x)
        x = self.batch_normalization_1(x, training=training)
        return self.re_lu_1(x)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


@keras.saving.register_keras_serializable(package="unet")
class Down(layers.Layer):
    """Halves the size, and keeps what it was for the way up.

    Args:
        filters: int, `filters` of `skip`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.skip = ConvPair(filters, name="skip")
        self.small = layers.MaxPooling2D(name="small")

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        skip = self.skip(inputs, training=training)
        small = self.small(skip)
        return [small, skip]

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


@keras.saving.register_keras_serializable(package="unet")
class Up(layers.Layer):
    """Doubles the size, with what the way down kept.

    Args:
        filters: int, `filters` of `large` and `conv_pair`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.large = layers.Conv2DTranspose(filters, 2, strides=2, name="large")
        self.concatenate = layers.Concatenate()
        self.conv_pair = ConvPair(filters)

    def build(self, small_shape, skip_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            keras.Input(batch_shape=small_shape), keras.Input(batch_shape=skip_shape)
        )
        self.built = True

    def call(self, small, skip, training=None):
        large = self.large(small)
        x = self.concatenate([skip, large])
        return self.conv_pair(x, training=training)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


@keras.saving.register_keras_serializable(package="unet")
class Unet(keras.Model):
    """Says of each pixel of an image what it belongs to.

    Args:
        filters: int, `filters` of `down_1`, `down_2`, `bottom` and 2 more. Defaults to
            16.
        num_classes: int, `filters` of `conv2d` and `num_classes` of `MeanIoU` in
            `compile`. Defaults to 3.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, filters=16, num_classes=3, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.num_classes = num_classes
        self.down_1 = Down(filters, name="down_1")
        self.down_2 = Down(2 * filters, name="down_2")
        self.bottom = ConvPair(4 * filters, name="bottom")
        self.up_2 = Up(2 * filters, name="up_2")
        self.up_1 = Up(filters, name="up_1")
        self.conv2d = layers.Conv2D(num_classes, 1, activation="softmax")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        down_1 = self.down_1(inputs, training=training)
        down_2 = self.down_2(down_1[0], training=training)
        bottom = self.bottom(down_2[0], training=training)
        up_2 = self.up_2(bottom, down_2[1], training=training)
        x = self.up_1(up_2, down_1[1], training=training)
        return self.conv2d(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(32, 32, 1))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "num_classes": self.num_classes,
        }


def build_model(filters=16, num_classes=3) -> keras.Model:
    """Build the `unet` model.

    Args:
        filters: int, `filters` of `down_1`, `down_2`, `bottom` and 2 more. Defaults to
            16.
        num_classes: int, `filters` of `conv2d` and `num_classes` of `MeanIoU` in
            `compile`. Defaults to 3.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 32, 32, 1).
    """
    model = Unet(filters=filters, num_classes=num_classes, name="unet")
    model.build((None, 32, 32, 1))
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
