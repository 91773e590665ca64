"""The `clashes` model."""

# By keras-scaffold from clashes.yaml (subclass); sha256 afdf36183529ef01

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="clashes")
class Clashes(keras.Model):
    """The `clashes` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
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
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "x": keras.Input(batch_shape=input_shape["x"], name="x"),
                "inputs": keras.Input(batch_shape=input_shape["inputs"], name="inputs"),
            }
        )
        self.built = True

    def call(self, inputs):
        if not isinstance(inputs, dict) or inputs.keys() - {"x", "inputs"}:
            raise ValueError("expected a dictionary with the keys `x` and `inputs`")
        keras_output = self.keras(inputs["x"])
        ops_output = self.keras(inputs["inputs"])
        x = self.add([keras_output, ops_output])
        return ops.relu(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
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
    """Build the `clashes` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `x` (float32 of shape
            (batch, 4)) and `inputs` (float32 of shape (batch, 4)).
    """
    model = Clashes(name="clashes")
    model.build({"x": (None, 4), "inputs": (None, 4)})
    return model
