"""The `row_repeat_second_tensor` model."""

# By keras-scaffold from row_repeat_s..._tensor.yaml (subclass); sha256 d04d38702855defa

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_repeat_second_tensor")
class Decoder(layers.Layer):
    """Looks at what was read.

    Args:
        heads: int, `num_heads` of `seen`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, heads, **kwargs):
        super().__init__(**kwargs)
        self.heads = heads
        self.seen = layers.MultiHeadAttention(heads, 4, name="seen")
        self.add = layers.Add()
        self.layer_normalization = layers.LayerNormalization()

    def build(self, x_shape, memory_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            keras.Input(batch_shape=x_shape), keras.Input(batch_shape=memory_shape)
        )
        self.built = True

    def call(self, x, memory, training=None):
        seen = self.seen(query=x, value=memory, training=training)
        y = self.add([x, seen])
        return self.layer_normalization(y)

    def get_config(self):
        return {**super().get_config(), "heads": self.heads}


@keras.saving.register_keras_serializable(package="row_repeat_second_tensor")
class RowRepeatSecondTensor(keras.Model):
    """The `row_repeat_second_tensor` model.

    Args:
        depth: int, the number of layers of `decoder`. Defaults to 2.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, depth=2, **kwargs):
        super().__init__(**kwargs)
        self.depth = depth
        self.memory = layers.Dense(8, name="memory")
        self.decoder = [Decoder(2, name=f"decoder_{i}") for i in range(depth)]
        self.global_average_pooling1d = layers.GlobalAveragePooling1D()
        self.dense = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("target", "source")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "target": keras.Input(batch_shape=input_shape["target"], name="target"),
                "source": keras.Input(batch_shape=input_shape["source"], name="source"),
            }
        )
        self.built = True

    def call(self, inputs, training=None):
        if not isinstance(inputs, dict) or inputs.keys() - {"target", "source"}:
            raise ValueError(
                "expected a dictionary with the keys `target` and `source`"
            )
        memory = self.memory(inputs["source"])
        x = inputs["target"]
        for block in self.decoder:
            x = block(x, memory, training=training)
        x = self.global_average_pooling1d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "target": keras.Input(shape=(4, 8), name="target"),
                    "source": keras.Input(shape=(6, 8), name="source"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "depth": self.depth}


def build_model(depth=2) -> keras.Model:
    """Build the `row_repeat_second_tensor` model.

    Args:
        depth: int, the number of layers of `decoder`. Defaults to 2.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `target` (float32 of
            shape (batch, 4, 8)) and `source` (float32 of shape (batch, 6, 8)).
    """
    model = RowRepeatSecondTensor(depth=depth, name="row_repeat_second_tensor")
    model.build({"target": (None, 4, 8), "source": (None, 6, 8)})
    return model
