"""The `siamese` model."""

# By keras-scaffold from siamese.yaml (subclass); sha256 ef34c9ce78802ca3

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="siamese")
class Siamese(keras.Model):
    """The `siamese` model.

    Args:
        **kwargs: What `keras.Model` takes, such as `name`.
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
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(
            {
                "left": keras.Input(batch_shape=input_shape["left"], name="left"),
                "right": keras.Input(batch_shape=input_shape["right"], name="right"),
            }
        )
        self.built = True

    def call(self, inputs):
        if not isinstance(inputs, dict) or inputs.keys() - {"left", "right"}:
            raise ValueError("`inputs` is a dictionary of left and right")
        encoder = self.encoder(inputs["left"])
        other = self.encoder(inputs["right"])
        return self.dot([encoder, other])

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
    """Builds the `siamese` model.

    Returns:
        A built model, not compiled, that takes a dictionary of `left` (float32 of shape
            (batch, 4)) and `right` (float32 of shape (batch, 4)).
    """
    model = Siamese(name="siamese")
    model.build({"left": (None, 4), "right": (None, 4)})
    return model
