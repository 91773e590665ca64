"""Where a param may stand in a model, and what shows that it has an effect there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import keras
import numpy as np

OWN = "tests.cases.own_layers:Scale"


class Place(NamedTuple):
    """A place where a param stands.

    Attributes:
        spec: What the spec has there; the rest is as in `BASE`.
        param: The param's default, and another value for it.
        seen: Looks the value up in what came of it: in the built model, or in the
            arguments of `compile` or `fit`.
    """

    spec: dict[str, Any]
    param: tuple[Any, Any]
    seen: Callable[[Any], Any]


BASE: dict[str, Any] = {
    "inputs": [4],
    "layers": ["Dense(3)", "Dense(1)"],
    "compile": {"optimizer": "sgd", "loss": "mse"},
    "train": {"epochs": 1, "verbose": 0},
}
"""What a spec has in the places that are not looked at. Its data is `rows`."""


def chain(*entries: object, inputs: object = (4,)) -> dict[str, Any]:
    """Gives a spec's inputs and layers; one number an example comes out."""
    return {"inputs": inputs, "layers": [*entries, "Flatten", "Dense(1)"]}


def images(*entries: object) -> dict[str, Any]:
    """Gives a spec of layers for images."""
    return chain(*entries, inputs=[8, 8, 1])


def created_layers(model: Any) -> list[Any]:
    """Gives the layers of a model that the spec names."""
    return [
        layer
        for layer in model.layers
        if not isinstance(layer, keras.layers.InputLayer)
    ]


def first(model: Any) -> Any:
    """Gives the layer that takes a model's input."""
    return created_layers(model)[0]


def layer(index: int, what: str) -> Callable[[Any], Any]:
    """Looks an argument of a model's layer up, in the layer's configuration."""

    def seen(model: Any) -> Any:
        value = created_layers(model)[index].get_config()
        for key in what.split("."):
            value = value[int(key) if key.isdigit() else key]
        return value

    return seen


def rows_of_kernel(model: Any) -> int:
    """Gives the size of what a model's first weight is multiplied by."""
    return int(model.weights[0].shape[0])


def factor(model: Any) -> float:
    """Gives the number by which a model multiplies its input, before its last layer."""
    kernel = keras.ops.sum(model.weights[0])
    return float(keras.ops.squeeze(model(np.ones((1, 4))) / kernel))


def is_causal(model: Any) -> bool:
    """Tells whether what a model makes of the first step depends on no other."""
    steps = np.arange(8.0).reshape(1, 4, 2)
    later = steps.copy()
    later[:, 1:] += 5.0
    return bool(keras.ops.all(keras.ops.isclose(model(steps), model(later))))


def argument(what: str) -> Callable[[Any], Any]:
    """Looks an argument of `compile` or `fit` up."""
    return lambda arguments: arguments[what]


def at(what: str, *path: str) -> Callable[[Any], Any]:
    """Looks an object up in an argument, and what it was made with."""

    def seen(arguments: Any) -> Any:
        value = arguments[what]
        for key in path:
            if isinstance(value, list | tuple):
                value = value[int(key)]
            elif isinstance(value, dict):
                value = value[key]
            elif isinstance(value, keras.callbacks.Callback):
                value = getattr(value, key)
            else:
                value = value.get_config()[key]
        return value

    return seen


BUILD = {
    # Inputs.
    "size": Place(chain(inputs=["$p"]), (4, 6), rows_of_kernel),
    "size_of_one": Place(chain(inputs=["$p"]), (1, 2), rows_of_kernel),
    "size_of_plain_numbers": Place(
        chain(inputs=["$p"])
        | {"train": {**BASE["train"], "x": [1, 2, 3], "y": [1, 2, 3], "predict": [4]}},
        (1, 2),
        rows_of_kernel,
    ),
    "size_by_name": Place(chain(inputs={"a": ["$p"]}), (4, 6), rows_of_kernel),
    "size_by_arithmetic": Place(
        chain(inputs=["$(p // 2)", "$(p + 1)"]),
        (4, 6),
        lambda model: {10: 4, 21: 6}[rows_of_kernel(model)],
    ),
    "batch_size": Place(
        chain(inputs={"a": {"shape": [4], "batch_size": "$p"}})
        | {"train": {**BASE["train"], "batch_size": 2}},
        (2, 4),
        lambda model: first(model).input.shape[0],
    ),
    "input_dtype": Place(
        chain("Embedding(9, 2)") | {"inputs": {"a": {"shape": [4], "dtype": "$p"}}},
        ("int32", "int64"),
        lambda model: first(model).input.dtype,
    ),
    # Arguments of layers.
    "leading": Place(chain("Dense(p)"), (3, 5), layer(0, "units")),
    "leading_in_keys": Place(chain({"Dense": "$p"}), (3, 5), layer(0, "units")),
    "keyword": Place(
        chain("Dense(2, use_bias=p)"), (True, False), layer(0, "use_bias")
    ),
    "keyword_in_keys": Place(
        chain({"Dense": {"units": 2, "use_bias": "$p"}}),
        (False, True),
        layer(0, "use_bias"),
    ),
    "string": Place(
        chain("Dense(2, activation=p)"), ("relu", "tanh"), layer(0, "activation")
    ),
    "choice": Place(
        images("Conv2D(2, 3, padding=p)"),
        ("same", "valid"),
        layer(0, "padding"),
    ),
    "object_by_name": Place(
        chain("Dense(2, kernel_initializer=p)"),
        ("zeros", "he_normal"),
        lambda model: {"Zeros": "zeros", "HeNormal": "he_normal"}[
            layer(0, "kernel_initializer.class_name")(model)
        ],
    ),
    "fraction": Place(chain("Dropout(p)"), (0.25, 0.5), layer(0, "rate")),
    "in_a_tuple": Place(images("Conv2D(2, (p, 3))"), (2, 4), layer(0, "kernel_size.0")),
    "in_a_list": Place(
        images({"Conv2D": {"filters": 2, "kernel_size": [3, "$p"]}}),
        (2, 4),
        layer(0, "kernel_size.1"),
    ),
    "in_a_shape": Place(chain("Reshape((p, -1))"), (2, 4), layer(0, "target_shape.0")),
    "deep_in_lists": Place(
        images({"ZeroPadding2D": [[["$p", 0], [0, "$(p * 2)"]]]}),
        (1, 2),
        lambda model: layer(0, "padding.1.1")(model) // 2,
    ),
    "whole_list": Place(
        chain("Reshape(p)"), ([2, 2], [4, 1]), lambda m: [*layer(0, "target_shape")(m)]
    ),
    "list_for_a_size": Place(
        images("Conv2D(2, p)"),
        ([3, 3], [2, 4]),
        lambda model: [*layer(0, "kernel_size")(model)],
    ),
    "none": Place(
        chain("Dense(2, activation=p)"),
        (None, "tanh"),
        lambda model: layer(0, "activation")(model).replace("linear", "") or None,
    ),
    "in_an_object": Place(
        chain("Dense(2, kernel_regularizer=L2(p))"),
        (0.5, 0.25),
        layer(0, "kernel_regularizer.config.l2"),
    ),
    "in_an_object_in_keys": Place(
        chain({"Dense": {"units": 2, "kernel_regularizer": {"L1L2": {"l1": "$p"}}}}),
        (0.5, 0.25),
        layer(0, "kernel_regularizer.config.l1"),
    ),
    "in_an_inner_layer": Place(
        chain("Bidirectional(LSTM(p))", inputs=[4, 2]),
        (2, 3),
        layer(0, "layer.config.units"),
    ),
    "deep_in_objects": Place(
        chain("TimeDistributed(Dense(2, bias_regularizer=L2(p)))", inputs=[4, 2]),
        (0.5, 0.25),
        layer(0, "layer.config.bias_regularizer.config.l2"),
    ),
    "in_a_list_of_objects": Place(
        chain("RNN([LSTMCell(2), GRUCell(p)])", inputs=[4, 2]),
        (2, 3),
        layer(0, "cell.config.cells.1.config.units"),
    ),
    "long_arithmetic": Place(
        chain("Dense(-(1 - p) * 2 ** 2 // 2 + p % 2)"),
        (3, 6),
        lambda model: {5: 3, 10: 6}[layer(0, "units")(model)],
    ),
    "arithmetic_in_a_tuple": Place(
        images("Conv2D(2, (p + 1, p))"), (2, 3), layer(0, "kernel_size.1")
    ),
    "arithmetic_in_an_object": Place(
        chain("Dense(2, kernel_regularizer=L2(p / 2))"),
        (0.5, 0.25),
        lambda model: layer(0, "kernel_regularizer.config.l2")(model) * 2,
    ),
    "negation": Place(
        chain("Dense(2, use_bias=not p)"),
        (True, False),
        lambda model: not layer(0, "use_bias")(model),
    ),
    "comparison": Place(
        chain("Dense(2, use_bias=p > 2)"),
        (3, 1),
        lambda model: 3 if layer(0, "use_bias")(model) else 1,
    ),
    "own_layer": Place(
        chain("Scale(p)") | {"imports": {"Scale": OWN}}, (2.0, 3.0), layer(0, "factor")
    ),
}
"""Places in the model itself: the param is one of `build_model`."""

GRAPH = {
    "operation": Place(chain("ops.multiply(x2=p)"), (2.0, 3.0), factor),
    "axis_of_an_operation": Place(
        chain("ops.sum(axis=p)", inputs=[4, 6]),
        (1, 2),
        lambda model: {6: 1, 4: 2}[rows_of_kernel(model)],
    ),
    "in_a_tuple_of_an_operation": Place(
        chain("ops.sum(axis=(p, 3))", inputs=[4, 6, 2]),
        (1, 2),
        lambda model: {6: 1, 4: 2}[rows_of_kernel(model)],
    ),
    "argument_of_a_call": Place(
        chain(
            "x = Identity()",
            "MultiHeadAttention(1, 2) <- x, x, use_causal_mask=p",
            "ops.take(indices=0, axis=1)",
            inputs=[4, 2],
        ),
        (True, False),
        is_causal,
    ),
    "argument_of_a_call_in_keys": Place(
        chain(
            {"Identity": None, "name": "x"},
            {
                "MultiHeadAttention": [1, 2],
                "from": ["x", "x"],
                "call": {"use_causal_mask": "$p"},
            },
            "ops.take(indices=0, axis=1)",
            inputs=[4, 2],
        ),
        (False, True),
        is_causal,
    ),
    "layer_of_a_graph": Place(
        chain("x = Dense(p)", "y = Dense(p) <- x", "Add() <- x, y"),
        (2, 3),
        layer(1, "units"),
    ),
    "layer_that_is_used_twice": Place(
        chain("x = Dense(4, use_bias=p)", "again = reuse(x)"),
        (True, False),
        layer(0, "use_bias"),
    ),
    "merge": Place(
        chain("x = Dense(3)", "y = Dense(3) <- x", "Concatenate(axis=p) <- x, y"),
        (-1, 1),
        layer(2, "axis"),
    ),
}
"""Places that only graphs have."""
