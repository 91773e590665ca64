"""The `clashes` model."""

# By keras-scaffold from clashes.yaml (subclass); sha256 91afa56f394f3b23

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="clashes")
class Clashes(keras.Model):
    """The `clashes` model.

    Args:
        **kwargs: What `keras.Model` takes, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.keras = layers.Dense(4, name="keras")
        self.add = layers.Add()

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("x", "inputs")
        ]
        # Trace `call` on symbolic inputs: every layer gets its weights and its shape.
        self.call(
            {
                "x": keras.Input(batch_shape=input_shape["x"], name="x"),
                "inputs": keras.Input(batch_shape=input_shape["inputs"], name="inputs"),
            }
        )
        self.built = True

    def call(self, inputs):
        if not isinstance(inputs, dict) or inputs.keys() - {"x", "inputs"}:
            raise ValueError("`inputs` is a dictionary of x and inputs")
        keras_output = self.keras(inputs["x"])
        ops_output = self.keras(inputs["inputs"])
        x = self.add([keras_output, ops_output])
        return ops.relu(x)

    def export(self, filepath, *args, **kwargs):
        # Of a class, Keras does not know by itself what is to be exported.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "x": keras.Input(shape=(4,), name="x"),
                    "inputs": keras.Input(shape=(4,), name="inputs"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Builds the `clashes` model.

    Returns:
        A built model, not compiled, that takes a dictionary of `x` (float32 of shape
            (batch, 4)) and `inputs` (float32 of shape (batch, 4)).
    """
    model = Clashes(name="clashes")
    model.build({"x": (None, 4), "inputs": (None, 4)})
    return model
