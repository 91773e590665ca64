"""Hours studied against marks, fitted with a straight line."""

# By keras-scaffold from linear_regression.yaml (subclass); sha256 daaaeb5d5dfdf8b3

import keras
import numpy as np
from keras import layers


@keras.saving.register_keras_serializable(package="linear_regression")
class LinearRegression(keras.Model):
    """Hours studied against marks, fitted with a straight line.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        return self.dense(inputs)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(1,))])
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `linear_regression` model.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, 1).
    """
    model = LinearRegression(name="linear_regression")
    model.build((None, 1))
    return model


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
