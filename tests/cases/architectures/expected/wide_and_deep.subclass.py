"""Tells from a census row whether an income is high.

A wide part remembers single categories, a deep part learns what goes for many.
"""

# By keras-scaffold from wide_and_deep.yaml (subclass); sha256 4d353a6d574658cf

import keras
import numpy as np
from keras import layers


@keras.saving.register_keras_serializable(package="wide_and_deep")
class Category(layers.Layer):
    """A vector of its own for each category.

    Args:
        size: int, `input_dim` of `embedding`.
        width: int, `output_dim` of `embedding`. Defaults to 8.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, size, width=8, **kwargs):
        super().__init__(**kwargs)
        self.size = size
        self.width = width
        self.embedding = layers.Embedding(size, width)
        self.flatten = layers.Flatten()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.embedding(inputs)
        return self.flatten(x)

    def get_config(self):
        return {**super().get_config(), "size": self.size, "width": self.width}


@keras.saving.register_keras_serializable(package="wide_and_deep")
class Hidden(layers.Layer):
    """The `hidden` block.

    Args:
        units: int, `units` of `dense`.
        dropout: float, `rate` of `dropout`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, units, dropout, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dropout = dropout
        self.dense = layers.Dense(units, activation="relu")
        self.dropout_1 = layers.Dropout(dropout)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        return self.dropout_1(x, training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "dropout": self.dropout}


@keras.saving.register_keras_serializable(package="wide_and_deep")
class WideAndDeep(keras.Model):
    """Tells from a census row whether an income is high.

    A wide part remembers single categories, a deep part learns what goes for many.

    Args:
        units: int, `units` of `hidden`. Defaults to 32.
        depth: int, the number of layers of `hidden`. Defaults to 2.
        dropout: float, `dropout` of `hidden`. Defaults to 0.2.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, units=32, depth=2, dropout=0.2, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.depth = depth
        self.dropout = dropout
        self.occupation_code = layers.CategoryEncoding(
            num_tokens=15, output_mode="one_hot", name="occupation_code"
        )
        self.education_code = layers.CategoryEncoding(
            num_tokens=16, output_mode="one_hot", name="education_code"
        )
        self.concatenate = layers.Concatenate()
        self.wide = layers.Dense(1, use_bias=False, name="wide")
        self.occupation_vector = Category(15, name="occupation_vector")
        self.education_vector = Category(16, name="education_vector")
        self.concatenate_1 = layers.Concatenate()
        self.hidden = [Hidden(units, dropout, name=f"hidden_{i}") for i in range(depth)]
        self.deep = layers.Dense(1, name="deep")
        self.add = layers.Add()
        self.activation = layers.Activation("sigmoid")

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("numbers", "occupation", "education")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "numbers": keras.Input(
                    batch_shape=input_shape["numbers"], name="numbers"
                ),
                "occupation": keras.Input(
                    batch_shape=input_shape["occupation"],
                    dtype="int32",
                    name="occupation",
                ),
                "education": keras.Input(
                    batch_shape=input_shape["education"],
                    dtype="int32",
                    name="education",
                ),
            }
        )
        self.built = True

    def call(self, inputs, training=None):
        if not isinstance(inputs, dict) or inputs.keys() - {
            "numbers",
            "occupation",
            "education",
        }:
            raise ValueError(
                "expected a dictionary with the keys that `build_model` lists"
            )
        occupation_code = self.occupation_code(inputs["occupation"])
        education_code = self.education_code(inputs["education"])
        x = self.concatenate([occupation_code, education_code])
        wide = self.wide(x)
        occupation_vector = self.occupation_vector(inputs["occupation"])
        education_vector = self.education_vector(inputs["education"])
        x = self.concatenate_1([inputs["numbers"], occupation_vector, education_vector])
        for block in self.hidden:
            x = block(x, training=training)
        deep = self.deep(x)
        x = self.add([wide, deep])
        return self.activation(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "numbers": keras.Input(shape=(6,), name="numbers"),
                    "occupation": keras.Input(
                        shape=(1,), dtype="int32", name="occupation"
                    ),
                    "education": keras.Input(
                        shape=(1,), dtype="int32", name="education"
                    ),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "depth": self.depth,
            "dropout": self.dropout,
        }


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
    model = WideAndDeep(units=units, depth=depth, dropout=dropout, name="wide_and_deep")
    model.build({"numbers": (None, 6), "occupation": (None, 1), "education": (None, 1)})
    return model


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
