"""The `row_reuse` model."""

# By keras-scaffold from row_reuse.yaml (subclass); sha256 a9cc8ad5d5326f54

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_reuse")
class RowReuse(keras.Model):
    """The `row_reuse` model.

    Args:
        **kwargs: What `keras.Model` takes, such as `name`.
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
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(
            {
                "left": keras.Input(batch_shape=input_shape["left"], name="left"),
                "right": keras.Input(batch_shape=input_shape["right"], name="right"),
            }
        )
        self.built = True

    def call(self, inputs, training=None):
        if not isinstance(inputs, dict) or inputs.keys() - {"left", "right"}:
            raise ValueError("`inputs` is a dictionary of left and right")
        x = self.encoder(inputs["left"])
        drop = self.drop(x, training=training)
        x = self.encoder(inputs["right"])
        x = self.drop(x, training=training)
        x = self.dot([drop, x])
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Of a class, Keras does not know by itself what is to be exported.
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
    """Builds the `row_reuse` model.

    Returns:
        A built model, not compiled, that takes a dictionary of `left` (float32 of shape
            (batch, 4)) and `right` (float32 of shape (batch, 4)).
    """
    model = RowReuse(name="row_reuse")
    model.build({"left": (None, 4), "right": (None, 4)})
    return model
