"""Reads its examples from a file beside it."""

# By keras-scaffold from from_csv.yaml (subclass); sha256 c07d49bb17ba6d3a

import pathlib

import keras
import numpy as np
from keras import layers


@keras.saving.register_keras_serializable(package="from_csv")
class FromCsv(keras.Model):
    """Reads its examples from a file beside it.

    Args:
        side: int, `units` of `dense`. Defaults to 2.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, side=2, **kwargs):
        super().__init__(**kwargs)
        self.side = side
        self.flatten = layers.Flatten()
        self.dense = layers.Dense(side)
        self.dense_1 = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.flatten(inputs)
        x = self.dense(x)
        return self.dense_1(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(2, 2, 1))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "side": self.side}


def build_model(side=2) -> keras.Model:
    """Build the `from_csv` model.

    Args:
        side: int, `units` of `dense`. Defaults to 2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 2, 2, 1).
    """
    model = FromCsv(side=side, name="from_csv")
    model.build((None, 2, 2, 1))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(loss="mse")


def main():
    """Train the model, and print its loss and metrics."""
    data = np.loadtxt(
        pathlib.Path(__file__).parent / "squares.csv",
        delimiter=",",
        skiprows=1,
        ndmin=2,
    )
    x = data[:, :-1].reshape(-1, 2, 2, 1)
    y = data[:, -1]
    model = build_model()
    compile_model(model)
    model.fit(x, y, epochs=2, verbose=0)
    for name, value in model.evaluate(x, y, verbose=0, return_dict=True).items():
        print(f"{name}: {value:.4f}")


if __name__ == "__main__":
    main()
