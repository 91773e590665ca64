"""The `row_reuse` model."""

# By keras-scaffold from row_reuse_keyed.yaml (subclass); sha256 9838a46d88ee9ecc

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_reuse")
class RowReuse(keras.Model):
    """The `row_reuse` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.encoder = layers.Dense(8, activation="relu", name="encoder")
        self.drop = layers.Dropout(0.1, name="drop")
        self.dot = layers.Dot(axes=1)
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
        x = self.encoder(inputs["left"])
        drop = self.drop(x, training=training)
        x = self.encoder(inputs["right"])
        x = self.drop(x, training=training)
        x = self.dot([drop, x])
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "left": keras.Input(shape=(4,), name="left"),
                    "right": keras.Input(shape=(4,), name="right"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_reuse` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `left` (float32 of
            shape (batch, 4)) and `right` (float32 of shape (batch, 4)).
    """
    model = RowReuse(name="row_reuse")
    model.build({"left": (None, 4), "right": (None, 4)})
    return model
