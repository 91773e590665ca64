"""The `row_block_inputs` model."""

# By keras-scaffold from row_block_inputs.yaml (subclass); sha256 2239cc0f72829e6d

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="row_block_inputs")
class Gate(layers.Layer):
    """Mixes two vectors.

    Args:
        units: int, `units` of `value` and `gate`.
        activation: str, `activation` of `gate`. Defaults to "sigmoid".
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, units, activation="sigmoid", **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.activation = activation
        self.value = layers.Dense(units, name="value")
        self.gate = layers.Dense(units, activation=activation, name="gate")
        self.multiply = layers.Multiply()

    def build(self, x_shape, context_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            keras.Input(batch_shape=x_shape), keras.Input(batch_shape=context_shape)
        )
        self.built = True

    def call(self, x, context):
        value = self.value(x)
        gate = self.gate(context)
        return self.multiply([value, gate])

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "activation": self.activation,
        }


@keras.saving.register_keras_serializable(package="row_block_inputs")
class Heads(layers.Layer):
    """Two heads on one vector.

    Args:
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.score = layers.Dense(1, name="score")
        self.label = layers.Dense(3, activation="softmax", name="label")

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, features):
        score = self.score(features)
        label = self.label(features)
        return {"score": score, "label": label}


@keras.saving.register_keras_serializable(package="row_block_inputs")
class Split(layers.Layer):
    """A vector in two ways.

    Args:
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.plain = layers.Dense(4, name="plain")
        self.bent = layers.Dense(4, activation="tanh", name="bent")

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        plain = self.plain(inputs)
        bent = self.bent(inputs)
        return [plain, bent]


@keras.saving.register_keras_serializable(package="row_block_inputs")
class RowBlockInputs(keras.Model):
    """The `row_block_inputs` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.mixed = Gate(8, name="mixed")
        self.back = Gate(8, activation="tanh", name="back")
        self.split = Split(name="split")
        self.add = layers.Add()
        self.heads = Heads(name="heads")

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("question", "answer")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "question": keras.Input(
                    batch_shape=input_shape["question"], name="question"
                ),
                "answer": keras.Input(batch_shape=input_shape["answer"], name="answer"),
            }
        )
        self.built = True

    def call(self, inputs):
        if not isinstance(inputs, dict) or inputs.keys() - {"question", "answer"}:
            raise ValueError(
                "expected a dictionary with the keys `question` and `answer`"
            )
        mixed = self.mixed(inputs["question"], inputs["answer"])
        x = self.back(inputs["answer"], mixed)
        split = self.split(x)
        x = self.add([split[0], split[1]])
        heads = self.heads(x)
        return {"score": heads["score"], "label": heads["label"]}

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "question": keras.Input(shape=(6,), name="question"),
                    "answer": keras.Input(shape=(6,), name="answer"),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_block_inputs` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `question` (float32 of
            shape (batch, 6)) and `answer` (float32 of shape (batch, 6)).
    """
    model = RowBlockInputs(name="row_block_inputs")
    model.build({"question": (None, 6), "answer": (None, 6)})
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam",
        loss={"score": "mse", "label": "sparse_categorical_crossentropy"},
    )
