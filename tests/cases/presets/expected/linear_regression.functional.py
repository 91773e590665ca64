"""Hours studied against marks, fitted with a straight line."""

# By keras-scaffold from linear_regression.yaml (functional); sha256 54be7ab6e4ba56cb

import keras
import numpy as np
from keras import layers


def build_model() -> keras.Model:
    """Builds the `linear_regression` model.

    Returns:
        A built model, not compiled, that takes float32 of shape (batch, 1).
    """
    inputs = keras.Input(shape=(1,))
    outputs = layers.Dense(1)(inputs)
    return keras.Model(inputs, outputs, name="linear_regression")


def compile_model(model):
    """Compiles the model in place.

    Args:
        model: What `build_model` returns.
    """
    model.compile(optimizer="sgd", loss="mean_squared_error")


def main():
    """Trains the model and prints how well it fits."""
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
