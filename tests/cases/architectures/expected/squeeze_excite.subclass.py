"""A residual network that weighs its channels by what is in the image."""

# By keras-scaffold from squeeze_excite.yaml (subclass); sha256 7f2f1239e4a66761

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="se_resnet")
class SqueezeExcite(layers.Layer):
    """A weight between 0 and 1 for each channel.

    Args:
        filters: int, `units` of `dense` and `weights`.
        ratio: int, `units` of `dense`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, ratio, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.ratio = ratio
        self.global_average_pooling2d = layers.GlobalAveragePooling2D(keepdims=True)
        self.dense = layers.Dense(filters // ratio, activation="relu")
        self.weights_layer = layers.Dense(filters, activation="sigmoid", name="weights")
        self.multiply = layers.Multiply()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.global_average_pooling2d(inputs)
        x = self.dense(x)
        weights = self.weights_layer(x)
        return self.multiply([inputs, weights])

    def get_config(self):
        return {**super().get_config(), "filters": self.filters, "ratio": self.ratio}


@keras.saving.register_keras_serializable(package="se_resnet")
class Residual(layers.Layer):
    """The `residual` block.

    Args:
        filters: int, `filters` of `shortcut`, `conv2d`, `conv2d_1` and `excited`.
        ratio: int, `ratio` of `excited`.
        stride: int, the condition of `shortcut` and `strides` of `shortcut` and
            `conv2d`. Defaults to 1.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, ratio, stride=1, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.ratio = ratio
        self.stride = stride
        self.shortcut = (
            layers.Conv2D(filters, 1, strides=stride, name="shortcut")
            if stride > 1
            else layers.Identity()
        )
        self.conv2d = layers.Conv2D(
            filters, 3, strides=stride, padding="same", use_bias=False
        )
        self.batch_normalization = layers.BatchNormalization()
        self.re_lu = layers.ReLU()
        self.conv2d_1 = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.batch_normalization_1 = layers.BatchNormalization()
        self.excited = SqueezeExcite(filters, ratio, name="excited")
        self.add = layers.Add()
        self.re_lu_1 = layers.ReLU()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        shortcut = self.shortcut(inputs)
        x = self.conv2d(inputs)
        x = self.batch_normalization(x, training=training)
        x = self.re_lu(x)
        x = self.conv2d_1(x)
        x = self.batch_normalization_1(x, training=training)
        excited = self.excited(x)
        x = self.add([shortcut, excited])
        return self.re_lu_1(x)

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "ratio": self.ratio,
            "stride": self.stride,
        }


@keras.saving.register_keras_serializable(package="se_resnet")
class SeResnet(keras.Model):
    """A residual network that weighs its channels by what is in the image.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.
        ratio: int, `ratio` of `residual`. Defaults to 4.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_classes=10, ratio=4, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.ratio = ratio
        self.conv2d = layers.Conv2D(16, 3, padding="same", activation="relu")
        self.residual = [
            Residual(filters, ratio, stride=stride, name=f"residual_{i}")
            for i, (filters, stride) in enumerate(((16, 1), (32, 2), (64, 2)))
        ]
        self.global_average_pooling2d = layers.GlobalAveragePooling2D()
        self.dense = layers.Dense(num_classes, activation="softmax")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv2d(inputs)
        for block in self.residual:
            x = block(x, training=training)
        x = self.global_average_pooling2d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(32, 32, 3))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_classes": self.num_classes,
            "ratio": self.ratio,
        }


def build_model(num_classes=10, ratio=4) -> keras.Model:
    """Build the `se_resnet` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.
        ratio: int, `ratio` of `residual`. Defaults to 4.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 32, 32, 3).
    """
    model = SeResnet(num_classes=num_classes, ratio=ratio, name="se_resnet")
    model.build((None, 32, 32, 3))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.AdamW(weight_decay=1e-4),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
