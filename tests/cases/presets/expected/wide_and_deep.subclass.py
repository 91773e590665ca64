"""Classifies rows into two classes by their numbers and categories."""

# By keras-scaffold from wide_and_deep.yaml (subclass); sha256 98fde577008fde31

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="wide_and_deep")
class WideAndDeep(keras.Model):
    """Classifies rows into two classes by their numbers and categories.

    Args:
        num_numbers: int, a dimension of `numbers`. Defaults to 8.
        num_columns: int, a dimension of `categories`. Defaults to 4.
        num_categories: int, `num_tokens` of `category_encoding` and `input_dim` of
            `embedding`. Defaults to 100.
        width: int, `output_dim` of `embedding`. Defaults to 8.
        units: int, `units` of `dense` and `dense_1`. Defaults to 64.
        dropout_rate: float, `rate` of `dropout` and `dropout_1`. Defaults to 0.2.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(
        self,
        num_numbers=8,
        num_columns=4,
        num_categories=100,
        width=8,
        units=64,
        dropout_rate=0.2,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.num_numbers = num_numbers
        self.num_columns = num_columns
        self.num_categories = num_categories
        self.width = width
        self.units = units
        self.dropout_rate = dropout_rate
        self.category_encoding = layers.CategoryEncoding(num_tokens=num_categories)
        self.wide = layers.Dense(1, use_bias=False, name="wide")
        self.embedding = layers.Embedding(num_categories, width)
        self.vectors = layers.Flatten(name="vectors")
        self.concatenate = layers.Concatenate()
        self.dense = layers.Dense(units, activation="relu")
        self.dropout = layers.Dropout(dropout_rate)
        self.dense_1 = layers.Dense(units, activation="relu")
        self.dropout_1 = layers.Dropout(dropout_rate)
        self.deep = layers.Dense(1, name="deep")
        self.add = layers.Add()
        self.activation = layers.Activation("sigmoid")

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("numbers", "categories")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "numbers": keras.Input(
                    batch_shape=input_shape["numbers"], name="numbers"
                ),
                "categories": keras.Input(
                    batch_shape=input_shape["categories"],
                    dtype="int32",
                    name="categories",
                ),
            }
        )
        self.built = True

    def call(self, inputs, training=None):
        if not isinstance(inputs, dict) or inputs.keys() - {"numbers", "categories"}:
            raise ValueError(
                "expected a dictionary with the keys `numbers` and `categories`"
            )
        x = self.category_encoding(inputs["categories"])
        wide = self.wide(x)
        x = self.embedding(inputs["categories"])
        vectors = self.vectors(x)
        x = self.concatenate([inputs["numbers"], vectors])
        x = self.dense(x)
        x = self.dropout(x, training=training)
        x = self.dense_1(x)
        x = self.dropout_1(x, training=training)
        deep = self.deep(x)
        x = self.add([wide, deep])
        return self.activation(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "numbers": keras.Input(shape=(self.num_numbers,), name="numbers"),
                    "categories": keras.Input(
                        shape=(self.num_columns,), dtype="int32", name="categories"
                    ),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_numbers": self.num_numbers,
            "num_columns": self.num_columns,
            "num_categories": self.num_categories,
            "width": self.width,
            "units": self.units,
            "dropout_rate": self.dropout_rate,
        }


def build_model(
    num_numbers=8,
    num_columns=4,
    num_categories=100,
    width=8,
    units=64,
    dropout_rate=0.2,
) -> keras.Model:
    """Build the `wide_and_deep` model.

    Args:
        num_numbers: int, a dimension of `numbers`. Defaults to 8.
        num_columns: int, a dimension of `categories`. Defaults to 4.
        num_categories: int, `num_tokens` of `category_encoding` and `input_dim` of
            `embedding`. Defaults to 100.
        width: int, `output_dim` of `embedding`. Defaults to 8.
        units: int, `units` of `dense` and `dense_1`. Defaults to 64.
        dropout_rate: float, `rate` of `dropout` and `dropout_1`. Defaults to 0.2.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `numbers` (float32 of
            shape (batch, num_numbers)) and `categories` (int32 of shape (batch,
            num_columns)).
    """
    model = WideAndDeep(
        num_numbers=num_numbers,
        num_columns=num_columns,
        num_categories=num_categories,
        width=width,
        units=units,
        dropout_rate=dropout_rate,
        name="wide_and_deep",
    )
    model.build({"numbers": (None, num_numbers), "categories": (None, num_columns)})
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
