"""Classifies images with convolutions and shortcuts around them."""

# By keras-scaffold from resnet.yaml (subclass); sha256 095d898c9c67519b

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="resnet")
class Residual(layers.Layer):
    """Two convolutions, added to a shortcut around them.

    Args:
        filters: int, `filters` of `conv2d`, `conv2d_1` and `shortcut`.
        stride: int, `strides` of `conv2d` and `shortcut` and the condition of
            `shortcut`. Defaults to 1.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, stride=1, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.stride = stride
        self.conv2d = layers.Conv2D(
            filters, 3, strides=stride, padding="same", use_bias=False
        )
        self.batch_normalization = layers.BatchNormalization(momentum=0.9)
        self.activation = layers.Activation("relu")
        self.conv2d_1 = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.change = layers.BatchNormalization(momentum=0.9, name="change")
        self.shortcut = (
            layers.Conv2D(filters, 1, strides=stride, name="shortcut")
            if stride > 1
            else layers.Identity()
        )
        self.add = layers.Add()
        self.activation_1 = layers.Activation("relu")

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv2d(inputs)
        x = self.batch_normalization(x, training=training)
        x = self.activation(x)
        x = self.conv2d_1(x)
        change = self.change(x, training=training)
        shortcut = self.shortcut(inputs)
        x = self.add([shortcut, change])
        return self.activation_1(x)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters, "stride": self.stride}


@keras.saving.register_keras_serializable(package="resnet")
class Stage(layers.Layer):
    """Residual blocks of one width; the first one can halve the image.

    Args:
        filters: int, `filters` of `residual` and `residual_row`.
        depth: int, the number of layers of `residual_row`.
        stride: int, `stride` of `residual`. Defaults to 1.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, depth, stride=1, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.depth = depth
        self.stride = stride
        self.residual = Residual(filters, stride=stride)
        self.residual_row = [
            Residual(filters, name=f"residual_row_{i}") for i in range(depth - 1)
        ]

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.residual(inputs, training=training)
        for block in self.residual_row:
            x = block(x, training=training)
        return x

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "depth": self.depth,
            "stride": self.stride,
        }


@keras.saving.register_keras_serializable(package="resnet")
class Resnet(keras.Model):
    """Classifies images with convolutions and shortcuts around them.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.
        size: int, a dimension of `inputs`. Defaults to 32.
        channels: int, a dimension of `inputs`. Defaults to 3.
        filters: int, `filters` of `conv2d` and `stage`. Defaults to 16.
        depth: int, `depth` of `stage`. Defaults to 2.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(
        self, num_classes=10, size=32, channels=3, filters=16, depth=2, **kwargs
    ):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.size = size
        self.channels = channels
        self.filters = filters
        self.depth = depth
        self.rescaling = layers.Rescaling(1 / 255)
        self.conv2d = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.stage = [
            Stage(filters * factor, depth, stride=stride, name=f"stage_{i}")
            for i, (factor, stride) in enumerate(((1, 1), (2, 2), (4, 2)))
        ]
        self.global_average_pooling2d = layers.GlobalAveragePooling2D()
        self.dense = layers.Dense(num_classes, activation="softmax")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.rescaling(inputs)
        x = self.conv2d(x)
        for block in self.stage:
            x = block(x, training=training)
        x = self.global_average_pooling2d(x)
        return self.dense(x)

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
            "depth": self.depth,
        }


def build_model(
    num_classes=10, size=32, channels=3, filters=16, depth=2
) -> keras.Model:
    """Build the `resnet` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.
        size: int, a dimension of `inputs`. Defaults to 32.
        channels: int, a dimension of `inputs`. Defaults to 3.
        filters: int, `filters` of `conv2d` and `stage`. Defaults to 16.
        depth: int, `depth` of `stage`. Defaults to 2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, size, size,
            channels).
    """
    model = Resnet(
        num_classes=num_classes,
        size=size,
        channels=channels,
        filters=filters,
        depth=depth,
        name="resnet",
    )
    model.build((None, size, size, channels))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
