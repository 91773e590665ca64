"""ResNet50, a residual network that classifies images."""

# By keras-scaffold from resnet50.yaml (subclass); sha256 1c1f741d2a418cbb

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="resnet50")
class Bottleneck(layers.Layer):
    """Three convolutions, and a shortcut around them.

    Args:
        filters: int, `filters` of `conv2d`, `conv2d_1`, `conv2d_2` and `conv2d_3`.
        stride: int, `strides` of `conv2d` and `conv2d_1`. Defaults to 1.
        project: bool, the condition of `conv2d` and `shortcut`. Defaults to False.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, stride=1, project=False, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.stride = stride
        self.project = project
        self.conv2d = (
            layers.Conv2D(4 * filters, 1, strides=stride)
            if project
            else layers.Identity()
        )
        self.shortcut = (
            layers.BatchNormalization(epsilon=1.001e-5, name="shortcut")
            if project
            else layers.Identity()
        )
        self.conv2d_1 = layers.Conv2D(filters, 1, strides=stride)
        self.batch_normalization = layers.BatchNormalization(epsilon=1.001e-5)
        self.activation = layers.Activation("relu")
        self.conv2d_2 = layers.Conv2D(filters, 3, padding="same")
        self.batch_normalization_1 = layers.BatchNormalization(epsilon=1.001e-5)
        self.activation_1 = layers.Activation("relu")
        self.conv2d_3 = layers.Conv2D(4 * filters, 1)
        self.residual = layers.BatchNormalization(epsilon=1.001e-5, name="residual")
        self.add = layers.Add()
        self.activation_2 = layers.Activation("relu")

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv2d(inputs)
        shortcut = self.shortcut(x, training=training)
        x = self.conv2d_1(inputs)
        x = self.batch_normalization(x, training=training)
        x = self.activation(x)
        x = self.conv2d_2(x)
        x = self.batch_normalization_1(x, training=training)
        x = self.activation_1(x)
        x = self.conv2d_3(x)
        residual = self.residual(x, training=training)
        x = self.add([shortcut, residual])
        return self.activation_2(x)

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "stride": self.stride,
            "project": self.project,
        }


@keras.saving.register_keras_serializable(package="resnet50")
class Resnet50(keras.Model):
    """ResNet50, a residual network that classifies images.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 1000.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_classes=1000, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.zero_padding2d = layers.ZeroPadding2D(3)
        self.conv2d = layers.Conv2D(64, 7, strides=2)
        self.batch_normalization = layers.BatchNormalization(epsilon=1.001e-5)
        self.activation = layers.Activation("relu")
        self.zero_padding2d_1 = layers.ZeroPadding2D()
        self.max_pooling2d = layers.MaxPooling2D(3, strides=2)
        self.conv2_1 = Bottleneck(64, project=True, name="conv2_1")
        self.conv2_x = [Bottleneck(64, name=f"conv2_x_{i}") for i in range(2)]
        self.conv3_1 = Bottleneck(128, stride=2, project=True, name="conv3_1")
        self.conv3_x = [Bottleneck(128, name=f"conv3_x_{i}") for i in range(3)]
        self.conv4_1 = Bottleneck(256, stride=2, project=True, name="conv4_1")
        self.conv4_x = [Bottleneck(256, name=f"conv4_x_{i}") for i in range(5)]
        self.conv5_1 = Bottleneck(512, stride=2, project=True, name="conv5_1")
        self.conv5_x = [Bottleneck(512, name=f"conv5_x_{i}") for i in range(2)]
        self.global_average_pooling2d = layers.GlobalAveragePooling2D()
        self.dense = layers.Dense(num_classes, activation="softmax")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.zero_padding2d(inputs)
        x = self.conv2d(x)
        x = self.batch_normalization(x, training=training)
        x = self.activation(x)
        x = self.zero_padding2d_1(x)
        x = self.max_pooling2d(x)
        x = self.conv2_1(x, training=training)
        for block in self.conv2_x:
            x = block(x, training=training)
        x = self.conv3_1(x, training=training)
        for block in self.conv3_x:
            x = block(x, training=training)
        x = self.conv4_1(x, training=training)
        for block in self.conv4_x:
            x = block(x, training=training)
        x = self.conv5_1(x, training=training)
        for block in self.conv5_x:
            x = block(x, training=training)
        x = self.global_average_pooling2d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(224, 224, 3))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}


def build_model(num_classes=1000) -> keras.Model:
    """Build the `resnet50` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 1000.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 224, 224, 3).
    """
    model = Resnet50(num_classes=num_classes, name="resnet50")
    model.build((None, 224, 224, 3))
    return model
