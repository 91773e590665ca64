"""The `row_block_inputs` model."""

# By keras-scaffold from row_block_inputs.yaml (functional); sha256 96c6b21e88a0c4ae

import keras
from keras import layers


def gate(x, context, units, activation="sigmoid", name="gate"):
    """Mixes two vectors.

    Args:
        x: An input tensor.
        context: An input tensor.
        units: int, `units` of `value` and `gate`.
        activation: str, `activation` of `gate`. Defaults to "sigmoid".
        name: str, the prefix of its layer names. Defaults to "gate".

    Returns:
        A tensor.
    """
    value = layers.Dense(units, name=f"{name}_value")(x)
    gate_output = layers.Dense(units, activation=activation, name=f"{name}_gate")(
        context
    )
    return layers.Multiply()([value, gate_output])


def heads(features, name="heads"):
    """Two heads on one vector.

    Args:
        features: The input tensor.
        name: str, the prefix of its layer names. Defaults to "heads".

    Returns:
        A dictionary of tensors: `score`, `label`.
    """
    score = layers.Dense(1, name=f"{name}_score")(features)
    label = layers.Dense(3, activation="softmax", name=f"{name}_label")(features)
    return {"score": score, "label": label}


def split(inputs, name="split"):
    """A vector in two ways.

    Args:
        inputs: The input tensor.
        name: str, the prefix of its layer names. Defaults to "split".

    Returns:
        A list of 2 tensors.
    """
    plain = layers.Dense(4, name=f"{name}_plain")(inputs)
    bent = layers.Dense(4, activation="tanh", name=f"{name}_bent")(inputs)
    return [plain, bent]


def build_model() -> keras.Model:
    """Build the `row_block_inputs` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `question` (float32 of
            shape (batch, 6)) and `answer` (float32 of shape (batch, 6)).
    """
    question = keras.Input(shape=(6,), name="question")
    answer = keras.Input(shape=(6,), name="answer")
    mixed = gate(question, answer, 8, name="mixed")
    x = gate(answer, mixed, 8, activation="tanh", name="back")
    split_output = split(x)
    x = layers.Add()([split_output[0], split_output[1]])
    heads_output = heads(x)
    return keras.Model(
        {"question": question, "answer": answer},
        {"score": heads_output["score"], "label": heads_output["label"]},
        name="row_block_inputs",
    )


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(
        optimizer="adam",
        loss={"score": "mse", "label": "sparse_categorical_crossentropy"},
    )
