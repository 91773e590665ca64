"""Compares a catalogue with the installed Keras; run as a child by a test.

Prints one line for each thing that is not so. Usage: `python walk.py`.
"""

from __future__ import annotations

import inspect
import os
import warnings
from collections.abc import Iterator
from typing import Any, get_args

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np
import tensorflow as tf

from scaffold.catalogue import Argument, KerasCallable, Registry, load

NONSENSE = "no_such_thing"
BATCH = 2
BY_COMPILE = {"accuracy", "acc", "crossentropy", "ce"}
UNCHECKED = {
    # Keras takes any word here and fails later, or never.
    *{("GRU", "implementation"), ("GRUCell", "implementation")},
    *{("LSTM", "implementation"), ("MelSpectrogram", "window"), ("RandomFlip", "mode")},
    *{("Resizing", "fill_mode"), ("Resizing", "interpolation")},
    ("UpSampling2D", "interpolation"),
}
MODULES: dict[Registry, Any] = {
    registry: getattr(keras, registry, None) for registry in get_args(Registry)
}
MODULES["schedules"] = keras.optimizers.schedules


def wrong() -> Iterator[str]:
    """Gives a sentence for each thing that the catalogue has wrong."""
    catalogue = load()
    for registry, module in MODULES.items():
        for name in catalogue.names(registry) if module else ():
            described = catalogue.find(registry, name)
            assert described is not None
            target = getattr(module, name)
            yield from wrong_names(described, module)
            yield from wrong_defaults(described, target)
            yield from wrong_strings(described, module)
            if described.example is not None:
                yield from wrong_example(described, target)
                yield from wrong_choices(described, target)


def wrong_names(described: KerasCallable, module: Any) -> Iterator[str]:
    """Checks that aliases are the same object."""
    for alias in described.aliases:
        if getattr(module, alias) is not getattr(module, described.name):
            yield f"{alias} is not {described.name}"


def wrong_defaults(described: KerasCallable, target: Any) -> Iterator[str]:
    """Checks order and defaults of the arguments in the signature."""
    parameters = {
        name: parameter
        for name, parameter in inspect.signature(target).parameters.items()
        if parameter.kind not in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL)
    }
    names = [argument.name for argument in described.arguments]
    if names[: len(parameters)] != list(parameters):
        yield f"{described.name} takes {list(parameters)}, not {names}"
    for argument in described.arguments:
        if argument.name not in parameters:
            continue
        default = parameters[argument.name].default
        if (default is inspect.Parameter.empty) != argument.required:
            yield f"{described.name}({argument.name}) is required, or is not"
        elif not argument.required and plain(default) != argument.default:
            yield f"{described.name}({argument.name}) defaults to {default}"


def wrong_strings(described: KerasCallable, module: Any) -> Iterator[str]:
    """Checks that `get` makes this class or function of its strings."""
    for string in described.strings:
        if string in BY_COMPILE:
            yield from wrong_by_compile(described, string)
            continue
        value = module.get(string)
        name = getattr(value, "__name__", type(value).__name__)
        if name.replace("_", "").lower() != described.name.replace("_", "").lower():
            yield f"{string} is {name}, not {described.name}"


def wrong_by_compile(described: KerasCallable, string: str) -> Iterator[str]:
    """Checks a string that only `compile` understands, by training a step."""
    model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(3)])
    told: dict[str, Any] = {"loss": "mean_squared_error"}
    told |= (
        {"metrics": [string]} if described.registry == "metrics" else {"loss": string}
    )
    model.compile(optimizer="sgd", run_eagerly=True, **told)
    try:
        model.fit(np.ones((2, 4)), np.ones((2, 3)), verbose=0)
    except Exception as error:
        yield f"compile refuses {string}: {error}"


def wrong_example(described: KerasCallable, target: Any) -> Iterator[str]:
    """Checks that the example runs, symbolically and for real, as it is described."""
    assert described.example is not None
    try:
        layer = target(**created(described.example.arguments))
        symbolic = call(layer, described, symbolic_tensors(described))
        real = call(
            target(**created(described.example.arguments)), described, data(described)
        )
    except Exception as error:
        yield f"the example of {described.name} fails: {error}"
        return
    for outputs in (symbolic, real):
        if len(keras.tree.flatten(outputs)) != described.gives:
            yield f"{described.name} does not give {described.gives}"


def wrong_choices(described: KerasCallable, target: Any) -> Iterator[str]:
    """Checks that each choice is accepted, and that nonsense is not."""
    for argument in described.arguments:
        if "choice" not in argument.kinds:
            continue
        nonsense = complaint(described, target, argument, NONSENSE)
        if not nonsense and (described.name, argument.name) not in UNCHECKED:
            yield f"{described.name} takes any {argument.name}"
        for choice in argument.choices:
            result = complaint(described, target, argument, choice)
            if result and result == nonsense.replace(NONSENSE, str(choice)):
                yield f"{described.name} refuses {argument.name}={choice!r}: {result}"


def complaint(
    described: KerasCallable, target: Any, argument: Argument, value: Any
) -> str:
    """Gives what Keras says against a value, `""` where it takes it."""
    assert described.example is not None
    arguments = created(described.example.arguments) | {argument.name: value}
    try:
        call(target(**arguments), described, symbolic_tensors(described))
    except Exception as error:
        return str(error)
    return ""


def call(layer: Any, described: KerasCallable, tensors: list[Any]) -> Any:
    """Calls a layer as the catalogue says."""
    if described.takes == "one":
        return layer(*tensors)
    if described.takes == "list":
        return layer(tensors)
    named = dict(zip(described.tensors, tensors, strict=False))
    return layer(**named)


def symbolic_tensors(described: KerasCallable) -> list[Any]:
    """Makes the example's tensors, with a batch of any size."""
    example = described.example
    assert example is not None
    return [
        keras.KerasTensor((None, *shape), dtype=example.dtype)
        for shape in example.shapes
    ]


def data(described: KerasCallable) -> list[Any]:
    """Makes tensors with numbers (or strings) in them."""
    example = described.example
    assert example is not None
    if example.dtype == "string":
        return [tf.fill((BATCH, *shape), "a") for shape in example.shapes]
    return [
        keras.ops.ones((BATCH, *shape), dtype=example.dtype) for shape in example.shapes
    ]


def created(value: Any) -> Any:
    """Makes layers of their plain data."""
    if isinstance(value, list):
        return [created(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and next(iter(value))[0].isupper():
        ((name, arguments),) = value.items()
        return getattr(keras.layers, name)(**created(arguments))
    return {name: created(item) for name, item in value.items()}


def plain(value: Any) -> Any:
    """Turns tuples into lists."""
    return [plain(item) for item in value] if isinstance(value, tuple) else value


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for sentence in wrong():
            print(sentence)
