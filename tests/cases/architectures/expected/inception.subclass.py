"""A small GoogLeNet, whose modules look at several sizes at once."""

# By keras-scaffold from inception.yaml (subclass); sha256 d5dc84a587b2e275

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="googlenet")
class Inception(layers.Layer):
    """Four branches side by side.

    Args:
        one: int, `filters` of `branch_1`.
        reduce_3: int, `filters` of `conv2d`.
        three: int, `filters` of `branch_3`.
        reduce_5: int, `filters` of `conv2d_1`.
        five: int, `filters` of `branch_5`.
        pool: int, `filters` of `branch_pool`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, one, reduce_3, three, reduce_5, five, pool, **kwargs):
        super().__init__(**kwargs)
        self.one = one
        self.reduce_3 = reduce_3
        self.three = three
        self.reduce_5 = reduce_5
        self.five = five
        self.pool = pool
        self.branch_1 = layers.Conv2D(one, 1, activation="relu", name="branch_1")
        self.conv2d = layers.Conv2D(reduce_3, 1, activation="relu")
        self.branch_3 = layers.Conv2D(
            three, 3, padding="same", activation="relu", name="branch_3"
        )
        self.conv2d_1 = layers.Conv2D(reduce_5, 1, activation="relu")
        self.branch_5 = layers.Conv2D(
            five, 5, padding="same", activation="relu", name="branch_5"
        )
        self.max_pooling2d = layers.MaxPooling2D(3, strides=1, padding="same")
        self.branch_pool = layers.Conv2D(pool, 1, activation="relu", name="branch_pool")
        self.concatenate = layers.Concatenate()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        branch_1 = self.branch_1(inputs)
        x = self.conv2d(inputs)
        branch_3 = self.branch_3(x)
        x = self.conv2d_1(inputs)
        branch_5 = self.branch_5(x)
        x = self.max_pooling2d(inputs)
        branch_pool = self.branch_pool(x)
        return self.concatenate([branch_1, branch_3, branch_5, branch_pool])

    def get_config(self):
        return {
            **super().get_config(),
            "one": self.one,
            "reduce_3": self.reduce_3,
            "three": self.three,
            "reduce_5": self.reduce_5,
            "five": self.five,
            "pool": self.pool,
        }


@keras.saving.register_keras_serializable(package="googlenet")
class Googlenet(keras.Model):
    """A small GoogLeNet, whose modules look at several sizes at once.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_classes=10, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.conv2d = layers.Conv2D(32, 7, strides=2, padding="same", activation="relu")
        self.max_pooling2d = layers.MaxPooling2D(3, strides=2, padding="same")
        self.inception_row = [
            Inception(a, b, c, d, e, f, name=f"inception_row_{i}")
            for i, (a, b, c, d, e, f) in enumerate(
                ((16, 24, 32, 4, 8, 8), (32, 32, 48, 8, 24, 16))
            )
        ]
        self.max_pooling2d_1 = layers.MaxPooling2D(3, strides=2, padding="same")
        self.inception = Inception(48, 24, 52, 4, 12, 16)
        self.global_average_pooling2d = layers.GlobalAveragePooling2D()
        self.dropout = layers.Dropout(0.4)
        self.dense = layers.Dense(num_classes, activation="softmax")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.conv2d(inputs)
        x = self.max_pooling2d(x)
        for block in self.inception_row:
            x = block(x)
        x = self.max_pooling2d_1(x)
        x = self.inception(x)
        x = self.global_average_pooling2d(x)
        x = self.dropout(x, training=training)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(64, 64, 3))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}


def build_model(num_classes=10) -> keras.Model:
    """Build the `googlenet` model.

    Args:
        num_classes: int, `units` of `dense`. Defaults to 10.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 64, 64, 3).
    """
    model = Googlenet(num_classes=num_classes, name="googlenet")
    model.build((None, 64, 64, 3))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer=keras.optimizers.SGD(momentum=0.9, nesterov=True),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
