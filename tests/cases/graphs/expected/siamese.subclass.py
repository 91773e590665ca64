"""The `siamese` model."""

# By keras-scaffold from siamese.yaml (subclass); sha256 e97a3ce5915513ea

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
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(
            {
                "left": keras.Input(batch_shape=input_shape["left"], name="left"),
                "right": keras.Input(batch_shape=input_shape["right"], name="right"),
            }
        )
        self.built = True

    def call(self, inputs):
        encoder = self.encoder(inputs["left"])
        other = self.encoder(inputs["right"])
        return self.dot([encoder, other])


def build_model() -> keras.Model:
    """Builds the `siamese` model.

    Returns:
        A built model, not compiled, that takes a dictionary of `left` (float32 of shape
            (batch, 4)) and `right` (float32 of shape (batch, 4)).
    """
    model = Siamese(name="siamese")
    model.build({"left": (None, 4), "right": (None, 4)})
    return model
