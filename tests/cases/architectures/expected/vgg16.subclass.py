"""VGG16, a deep row of small convolutions that classifies images."""

# By keras-scaffold from vgg16.yaml (subclass); sha256 d392653d5b6d09be

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="vgg16")
class Stage(layers.Layer):
    """A few convolutions, and a pooling that halves the size.

    Args:
        filters: int, `filters` of `conv2d`.
        depth: int, the number of layers of `conv2d`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, filters, depth, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.depth = depth
        self.conv2d = [
            layers.Conv2D(filters, 3, padding="same", activation="relu")
            for _ in range(depth)
        ]
        self.max_pooling2d = layers.MaxPooling2D()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = inputs
        for layer in self.conv2d:
            x = layer(x)
        return self.max_pooling2d(x)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters, "depth": self.depth}


@keras.saving.register_keras_serializable(package="vgg16")
class Vgg16(keras.Model):
    """VGG16, a deep row of small convolutions that classifies images.

    Args:
        num_classes: int, `units` of `predictions`. Defaults to 1000.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_classes=1000, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.stage = [
            Stage(filters, depth, name=f"stage_{i}")
            for i, (filters, depth) in enumerate(
                ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
            )
        ]
        self.flatten = layers.Flatten()
        self.fc1 = layers.Dense(4096, activation="relu", name="fc1")
        self.fc2 = layers.Dense(4096, activation="relu", name="fc2")
        self.predictions = layers.Dense(
            num_classes, activation="softmax", name="predictions"
        )

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = inputs
        for block in self.stage:
            x = block(x)
        x = self.flatten(x)
        x = self.fc1(x)
        x = self.fc2(x)
        return self.predictions(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(224, 224, 3))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}


def build_model(num_classes=1000) -> keras.Model:
    """Build the `vgg16` model.

    Args:
        num_classes: int, `units` of `predictions`. Defaults to 1000.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 224, 224, 3).
    """
    model = Vgg16(num_classes=num_classes, name="vgg16")
    model.build((None, 224, 224, 3))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.SGD(momentum=0.9),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
