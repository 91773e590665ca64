"""The `siamese` model."""

# By keras-scaffold from siamese.yaml (subclass); sha256 918c3ac93a6c029b

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="siamese")
class Siamese(keras.Model):
    """The `siamese` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.encoder = layers.Dense(8, activation="relu", name="encoder")
        self.dot = layers.Dot(axes=1, normalize=True)

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

    def call(self, inputs):
        if not isinstance(inputs, dict) or inputs.keys() - {"left", "right"}:
            raise ValueError("expected a dictionary with the keys `left` and `right`")
        encoder = self.encoder(inputs["left"])
        other = self.encoder(inputs["right"])
        return self.dot([encoder, other])

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
    """Build the `siamese` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `left` (float32 of
            shape (batch, 4)) and `right` (float32 of shape (batch, 4)).
    """
    model = Siamese(name="siamese")
    model.build({"left": (None, 4), "right": (None, 4)})
    return model
