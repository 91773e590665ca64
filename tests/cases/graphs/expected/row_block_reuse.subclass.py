"""The `row_block_reuse` model."""

# By keras-scaffold from row_block_reuse.yaml (subclass); sha256 357f9b7abc244c4f

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="row_block_reuse")
class Encoder(layers.Layer):
    """Encodes one side.

    Args:
        units: int, `units` of `hidden` and `dense`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.hidden = layers.Dense(units, activation="tanh", name="hidden")
        self.dropout = layers.Dropout(0.1)
        self.dense = layers.Dense(units)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.hidden(inputs)
        x = self.dropout(x, training=training)
        return self.dense(x)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable(package="row_block_reuse")
class RowBlockReuse(keras.Model):
    """The `row_block_reuse` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.encoder = Encoder(4, name="encoder")
        self.both = layers.Multiply(name="both")
        self.dense = layers.Dense(1)

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
        x = self.both([encoder, other])
        x = ops.tanh(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "left": keras.Input(shape=(6,), name="left"),
                    "right": keras.Input(shape=(6,), name="right"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_block_reuse` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `left` (float32 of
            shape (batch, 6)) and `right` (float32 of shape (batch, 6)).
    """
    model = RowBlockReuse(name="row_block_reuse")
    model.build({"left": (None, 6), "right": (None, 6)})
    return model
