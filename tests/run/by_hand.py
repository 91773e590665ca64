"""Keras objects made by hand of what a spec says, and all that there is to see."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import keras
import numpy as np

from scaffold.catalogue import Argument, KerasCallable, Kind, Registry, load

CATALOGUE = load()

MODULES: dict[Registry, Any] = {
    "layers": keras.layers,
    "initializers": keras.initializers,
    "regularizers": keras.regularizers,
    "constraints": keras.constraints,
    "losses": keras.losses,
    "metrics": keras.metrics,
    "optimizers": keras.optimizers,
    "schedules": keras.optimizers.schedules,
    "callbacks": keras.callbacks,
}
FAMILIES: dict[Kind, Registry] = {
    "activation": "layers",
    "callback": "callbacks",
    "constraint": "constraints",
    "initializer": "initializers",
    "layer": "layers",
    "layers": "layers",
    "loss": "losses",
    "metric": "metrics",
    "optimizer": "optimizers",
    "regularizer": "regularizers",
    "schedule": "schedules",
}
"""Where an object is found that is given for an argument of a kind."""

NAMES = {"keras": keras, "layers": keras.layers}
"""What the generated modules import."""

_CALLED = ("_name", "_path", "name", "path")
_HOW_IT_WAS_MADE = "_auto_config"
"""An attribute in which Keras keeps how a layer was called, not what it is."""


class Outcome(NamedTuple):
    """What came of making an object, and of using it.

    Attributes:
        error: The type of the error that it ended with, `""` for none.
        seen: All that is to be seen of the object.
        gives: What using it gave.
        complaint: The error's message; only its type is compared.
    """

    error: str
    seen: Any = None
    gives: Any = None
    complaint: str = ""


def outcome(make: Callable[[], Any], use: Callable[[Any], Any]) -> Outcome:
    """Makes an object and uses it; both of a pair draw the same random seeds."""
    random.seed(5)
    try:
        result = make()
        seen = all_of(result)
        return Outcome("", seen, use(result))
    # Keras and TensorFlow raise dozens of sorts at values that they refuse.
    except Exception as error:
        return Outcome(type(error).__name__, complaint=str(error)[:200])


def difference(ours: Any, theirs: Any, at: str = "") -> str:
    """Says in what two outcomes, or parts of them, differ; `""` where in nothing."""
    if isinstance(ours, Outcome) and isinstance(theirs, Outcome):
        ours, theirs = ours[:3], theirs[:3]
    if ours == theirs:
        return ""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        pairs = [(key, ours.get(key), theirs.get(key)) for key in {**ours, **theirs}]
    elif isinstance(ours, list | tuple) and isinstance(theirs, list | tuple):
        longest = range(max(len(ours), len(theirs)))
        pairs = [
            (i, *(dict(enumerate(o)).get(i) for o in (ours, theirs))) for i in longest
        ]
    else:
        return f"{at}: {ours!r} is not {theirs!r}"
    parts = [difference(pair, other, f"{at}/{key}") for key, pair, other in pairs]
    return "; ".join(part for part in parts if part)


def make(described: KerasCallable, values: Mapping[str, Any]) -> Any:
    """Calls a class of Keras with what a spec says, all by keyword."""
    target = getattr(MODULES[described.registry], described.name)
    known = by_name(described)
    return target(
        **{
            name: value_of_kind(value, known[name].kinds)
            for name, value in values.items()
        }
    )


def value_of_kind(value: Any, kinds: Sequence[Kind]) -> Any:
    """Makes what a value of a spec stands for: `{"L2": 0.02}` is a regularizer."""
    if isinstance(value, list):
        items = [value_of_kind(item, kinds) for item in value]
        return tuple(items) if {"shape", "tuple"} & set(kinds) else items
    if value == "TerminateOnNaN":
        value = {value: {}}
    families = [FAMILIES[kind] for kind in kinds if kind in FAMILIES]
    if not isinstance(value, dict) or len(value) != 1:
        return value
    ((name, arguments),) = value.items()
    results = [
        target for family in families if (target := CATALOGUE.find(family, str(name)))
    ]
    if not results:
        return {key: value_of_kind(item, kinds) for key, item in value.items()}
    if not isinstance(arguments, dict):
        listed = arguments if isinstance(arguments, list) else [arguments]
        arguments = dict(zip(by_name(results[0]), listed, strict=False))
    return make(results[0], arguments)


def by_name(described: KerasCallable) -> dict[str, Argument]:
    """Gives the arguments of a callable by name."""
    return {argument.name: argument for argument in described.arguments}


def run(code: str) -> Any:
    """Runs an expression as it stands in a generated module."""
    return eval(code, dict(NAMES))


def call(layer: Any, shape: Sequence[int | None], dtype: str) -> Any:
    """Calls a layer on a symbolic tensor, and says what it gives."""
    batch = 2 if getattr(layer, "stateful", False) else None
    arguments = layer(keras.KerasTensor((batch, *shape), dtype=dtype))
    return [(tensor.shape, tensor.dtype) for tensor in keras.tree.flatten(arguments)]


def all_of(result: Any) -> Any:
    """Gives what an object has: its config, and every attribute, as plain data.

    The config alone would not do: some arguments are not in it.
    """
    attributes = vars(result) if hasattr(result, "__dict__") else {}
    return [type(result).__name__, _config_of(result), plain(attributes)]


def plain(value: Any) -> Any:
    """Gives data that can be compared: `True` is not `1`, a tuple is as a list."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        return {
            str(key): _uncounted(item) if key in _CALLED else plain(item)
            for key, item in value.items()
            if key != _HOW_IT_WAS_MADE
        }
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, int | float | str):
        return value
    if isinstance(value, np.ndarray):
        return value.tolist()
    if hasattr(value, "get_config"):
        return [type(value).__name__, _config_of(value)]
    return getattr(value, "__qualname__", type(value).__name__)


def _config_of(result: Any) -> Any:
    """Gives an object's config, if it has one of its own.

    For a layer without one Keras keeps the arguments, which says no more than they do.
    """
    inherited = keras.layers.Layer.get_config
    if getattr(type(result), "get_config", inherited) is inherited:
        return None
    return plain(result.get_config())


def _uncounted(name: Any) -> Any:
    """Takes the number off a name: Keras counts names over the whole session."""
    return re.sub(r"_\d+(?=/|$)", "", name) if isinstance(name, str) else plain(name)
