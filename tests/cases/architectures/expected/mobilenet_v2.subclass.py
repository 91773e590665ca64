"""MobileNetV2, a small network that classifies images."""

# By keras-scaffold from mobilenet_v2.yaml (subclass); sha256 0d71ede8f0c5fb9d

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="mobilenet_v2")
class Bottleneck(layers.Layer):
    """Widens its input, filters each channel by itself, and narrows it again.

    Args:
        width: int, `filters` of `conv2d`.
        filters: int, `filters` of `conv2d_1`.
        stride: int, the condition of `zero_padding2d` and `depthwise_conv2d`. Defaults
            to 1.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, width, filters, stride=1, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.filters = filters
        self.stride = stride
        self.conv2d = layers.Conv2D(width, 1, padding="same", use_bias=False)
        self.batch_normalization = layers.BatchNormalization(momentum=0.999)
        self.re_lu = layers.ReLU(max_value=6.0)
        self.zero_padding2d = (
            layers.ZeroPadding2D(((0, 1), (0, 1))) if stride == 2 else layers.Identity()
        )
        self.depthwise_conv2d = (
            layers.DepthwiseConv2D(3, strides=2, use_bias=False)
            if stride == 2
            else layers.DepthwiseConv2D(3, padding="same", use_bias=False)
        )
        self.batch_normalization_1 = layers.BatchNormalization(momentum=0.999)
        self.re_lu_1 = layers.ReLU(max_value=6.0)
        self.conv2d_1 = layers.Conv2D(filters, 1, padding="same", use_bias=False)
        self.batch_normalization_2 = layers.BatchNormalization(momentum=0.999)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv2d(inputs)
        x = self.batch_normalization(x, training=training)
        x = self.re_lu(x)
        x = self.zero_padding2d(x)
        x = self.depthwise_conv2d(x)
        x = self.batch_normalization_1(x, training=training)
        x = self.re_lu_1(x)
        x = self.conv2d_1(x)
        return self.batch_normalization_2(x, training=training)

    def get_config(self):
        return {
            **super().get_config(),
            "width": self.width,
            "filters": self.filters,
            "stride": self.stride,
        }


@keras.saving.register_keras_serializable(package="mobilenet_v2")
class Inverted(layers.Layer):
    """A bottleneck, and a shortcut around it.

    Args:
        filters: int, `width` and `filters` of `narrow`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.narrow = Bottleneck(6 * filters, filters, name="narrow")
        self.add = layers.Add()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        narrow = self.narrow(inputs, training=training)
        return self.add([inputs, narrow])

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


@keras.saving.register_keras_serializable(package="mobilenet_v2")
class Stage(layers.Layer):
    """A bottleneck that changes the size, and some that keep it.

    Args:
        channels: int, `width` of `bottleneck`.
        filters: int, `filters` of `bottleneck` and `inverted`.
        depth: int, the number of layers of `inverted`.
        stride: int, `stride` of `bottleneck`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, channels, filters, depth, stride, **kwargs):
        super().__init__(**kwargs)
        self.channels = channels
        self.filters = filters
        self.depth = depth
        self.stride = stride
        self.bottleneck = Bottleneck(6 * channels, filters, stride=stride)
        self.inverted = [
            Inverted(filters, name=f"inverted_{i}") for i in range(depth - 1)
        ]

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.bottleneck(inputs, training=training)
        for block in self.inverted:
            x = block(x, training=training)
        return x

    def get_config(self):
        return {
            **super().get_config(),
            "channels": self.channels,
            "filters": self.filters,
            "depth": self.depth,
            "stride": self.stride,
        }


@keras.saving.register_keras_serializable(package="mobilenet_v2")
class MobilenetV2(keras.Model):
    """MobileNetV2, a small network that classifies images.

    Args:
        num_classes: int, `units` of `predictions`. Defaults to 1000.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_classes=1000, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.conv2d = layers.Conv2D(32, 3, strides=2, padding="same", use_bias=False)
        self.batch_normalization = layers.BatchNormalization(momentum=0.999)
        self.re_lu = layers.ReLU(max_value=6.0)
        self.depthwise_conv2d = layers.DepthwiseConv2D(
            3, padding="same", use_bias=False
        )
        self.batch_normalization_1 = layers.BatchNormalization(momentum=0.999)
        self.re_lu_1 = layers.ReLU(max_value=6.0)
        self.conv2d_1 = layers.Conv2D(16, 1, padding="same", use_bias=False)
        self.batch_normalization_2 = layers.BatchNormalization(momentum=0.999)
        self.stage = [
            Stage(channels, filters, depth, stride, name=f"stage_{i}")
            for i, (channels, filters, depth, stride) in enumerate(
                (
                    (16, 24, 2, 2),
                    (24, 32, 3, 2),
                    (32, 64, 4, 2),
                    (64, 96, 3, 1),
                    (96, 160, 3, 2),
                    (160, 320, 1, 1),
                )
            )
        ]
        self.conv2d_2 = layers.Conv2D(1280, 1, use_bias=False)
        self.batch_normalization_3 = layers.BatchNormalization(momentum=0.999)
        self.re_lu_2 = layers.ReLU(max_value=6.0)
        self.global_average_pooling2d = layers.GlobalAveragePooling2D()
        self.predictions = layers.Dense(
            num_classes, activation="softmax", name="predictions"
        )

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv2d(inputs)
        x = self.batch_normalization(x, training=training)
        x = self.re_lu(x)
        x = self.depthwise_conv2d(x)
        x = self.batch_normalization_1(x, training=training)
        x = self.re_lu_1(x)
        x = self.conv2d_1(x)
        x = self.batch_normalization_2(x, training=training)
        for block in self.stage:
            x = block(x, training=training)
        x = self.conv2d_2(x)
        x = self.batch_normalization_3(x, training=training)
        x = self.re_lu_2(x)
        x = self.global_average_pooling2d(x)
        return self.predictions(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(224, 224, 3))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}


def build_model(num_classes=1000) -> keras.Model:
    """Build the `mobilenet_v2` model.

    Args:
        num_classes: int, `units` of `predictions`. Defaults to 1000.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 224, 224, 3).
    """
    model = MobilenetV2(num_classes=num_classes, name="mobilenet_v2")
    model.build((None, 224, 224, 3))
    return model
