"""Tells from a census row whether an income is high.

A wide part remembers single categories, a deep part learns what goes for many.
"""

# By keras-scaffold from wide_and_deep.yaml (functional); sha256 0207bd153d4bcf4e

import keras
import numpy as np
from keras import layers


def category(inputs, size, width=8):
    """A vector of its own for each category.

    Args:
        inputs: The input tensor.
        size: int, `input_dim` of `embedding`.
        width: int, `output_dim` of `embedding`. Defaults to 8.

    Returns:
        A tensor.
    """
    x = layers.Embedding(size, width)(inputs)
    return layers.Flatten()(x)


def hidden(inputs, units, dropout):
    """The `hidden` block.

    Args:
        inputs: The input tensor.
        units: int, `units` of `dense`.
        dropout: float, `rate` of `dropout`.

    Returns:
        A tensor.
    """
    x = layers.Dense(units, activation="relu")(inputs)
    return layers.Dropout(dropout)(x)


def build_model(units=32, depth=2, dropout=0.2) -> keras.Model:
    """Build the `wide_and_deep` model.

    Args:
        units: int, `units` of `hidden`. Defaults to 32.
        depth: int, the number of layers of `hidden`. Defaults to 2.
        dropout: float, `dropout` of `hidden`. Defaults to 0.2.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `numbers` (float32 of
            shape (batch, 6)), `occupation` (int32 of shape (batch, 1)) and `education`
            (int32 of shape (batch, 1)).
    """
    numbers = keras.Input(shape=(6,), name="numbers")
    occupation = keras.Input(shape=(1,), dtype="int32", name="occupation")
    education = keras.Input(shape=(1,), dtype="int32", name="education")
    occupation_code = layers.CategoryEncoding(
        num_tokens=15, output_mode="one_hot", name="occupation_code"
    )(occupation)
    education_code = layers.CategoryEncoding(
        num_tokens=16, output_mode="one_hot", name="education_code"
    )(education)
    x = layers.Concatenate()([occupation_code, education_code])
    wide = layers.Dense(1, use_bias=False, name="wide")(x)
    occupation_vector = category(occupation, 15)
    education_vector = category(education, 16)
    x = layers.Concatenate()([numbers, occupation_vector, education_vector])
    for _ in range(depth):
        x = hidden(x, units, dropout)
    deep = layers.Dense(1, name="deep")(x)
    x = layers.Add()([wide, deep])
    outputs = layers.Activation("sigmoid")(x)
    return keras.Model(
        {"numbers": numbers, "occupation": occupation, "education": education},
        outputs,
        name="wide_and_deep",
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam",
        loss="binary_crossentropy",
        metrics=["accuracy", keras.metrics.AUC()],
    )


def main():
    """Train the model, and print its loss and metrics."""
    x = {
        "numbers": np.array(
            [
                [0.5, -1.2, 0.0, 1.1, 0.3, -0.4],
                [-0.7, 0.4, 1.5, 0.0, -0.9, 0.8],
                [1.3, 0.9, -0.2, 0.6, 0.1, 0.0],
                [-1.1, -0.3, 0.7, -0.8, 0.4, 1.2],
                [0.2, 1.0, -1.4, 0.5, 1.6, -0.6],
                [-0.4, 0.1, 0.3, -1.5, -0.2, 0.9],
            ],
            dtype="float32",
        ),
        "occupation": np.array([3, 7, 3, 11, 0, 14], dtype="int32").reshape(-1, 1),
        "education": np.array([12, 5, 15, 5, 9, 1], dtype="int32").reshape(-1, 1),
    }
    y = np.array([1, 0, 1, 0, 1, 0])
    model = build_model()
    compile_model(model)
    model.fit(x, y, epochs=40, verbose=0)
    for name, value in model.evaluate(x, y, verbose=0, return_dict=True).items():
        print(f"{name}: {value:.4f}")


if __name__ == "__main__":
    main()
