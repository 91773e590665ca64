"""Hours studied against marks, fitted with a straight line."""

# By keras-scaffold from linear_regression.yaml (sequential); sha256 de1926b156693d40

import keras
import numpy as np
from keras import layers


def build_model() -> keras.Model:
    """Build the `linear_regression` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 1).
    """
    return keras.Sequential(
        [
            keras.Input(shape=(1,)),
            layers.Dense(1),
        ],
        name="linear_regression",
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(optimizer="sgd", loss="mean_squared_error")


def main():
    """Train the model, and print its loss and metrics."""
    x = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9], dtype="float32").reshape(-1, 1)
    y = np.array([11, 22, 33, 44, 53, 66, 77, 87, 95])
    model = build_model()
    compile_model(model)
    model.fit(x, y, epochs=300, verbose=0)
    for name, value in model.evaluate(x, y, verbose=0, return_dict=True).items():
        print(f"{name}: {value:.4f}")
    new = np.array([9.5], dtype="float32").reshape(-1, 1)
    for given, predicted in zip(new, model.predict(new, verbose=0), strict=True):
        print(f"{given} -> {predicted}")


if __name__ == "__main__":
    main()
