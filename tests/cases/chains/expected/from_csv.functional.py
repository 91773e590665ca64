"""Reads its examples from a file beside it."""

# By keras-scaffold from from_csv.yaml (functional); sha256 c307fee93059aa5b

import pathlib

import keras
import numpy as np
from keras import layers


def build_model(side=2) -> keras.Model:
    """Build the `from_csv` model.

    Args:
        side: int, `units` of `dense`. Defaults to 2.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 2, 2, 1).
    """
    inputs = keras.Input(shape=(2, 2, 1))
    x = layers.Flatten()(inputs)
    x = layers.Dense(side)(x)
    outputs = layers.Dense(1)(x)
    return keras.Model(inputs, outputs, name="from_csv")


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
