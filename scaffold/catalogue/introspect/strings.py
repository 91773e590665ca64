"""Which strings Keras takes in place of an object."""

from __future__ import annotations

import inspect
import re
from typing import Any

from scaffold.catalogue.introspect.installed import keras, registry_module
from scaffold.catalogue.introspect.trials import works
from scaffold.catalogue.types import Registry

WITH_GET: tuple[Registry, ...] = (
    "activations",
    "initializers",
    "regularizers",
    "constraints",
    "losses",
    "metrics",
    "optimizers",
)
"""The registries that have a `get`."""

BY_COMPILE: dict[Registry, dict[str, str]] = {
    # `compile` settles these by the shapes of labels and predictions. They stand with
    # the class that it falls back on, after that class's own strings.
    "metrics": {"accuracy": "CategoricalAccuracy", "acc": "CategoricalAccuracy"},
    "losses": {
        "crossentropy": "CategoricalCrossentropy",
        "ce": "CategoricalCrossentropy",
    },
}

NEVER_MADE = {"metrics": frozenset({"Accuracy", "accuracy"})}
"""Strings that `get` takes but `compile` turns into something else."""


def strings_by_name(registry: Registry) -> dict[str, tuple[str, ...]]:
    """Map each main name to its strings, the one that authors write first."""
    if registry not in WITH_GET:
        return {}
    by_name: dict[str, list[str]] = {}
    for string in _candidates(registry):
        name = _made_by(registry, string)
        if name is not None and string not in NEVER_MADE.get(registry, ()):
            by_name.setdefault(name, []).append(string)
    ordered = {
        name: sorted(strings, key=_by_habit(name)) for name, strings in by_name.items()
    }
    for string, name in BY_COMPILE.get(registry, {}).items():
        ordered.setdefault(name, []).append(string)
    return {name: tuple(strings) for name, strings in ordered.items()}


def snake_case(name: str) -> str:
    """Turn `HeNormal` into `he_normal`, `KLDivergence` into `kl_divergence`."""
    spaced = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", spaced).lower()


def _candidates(registry: Registry) -> list[str]:
    """Everything that may be a string: exported names and the keys `get` looks in."""
    module = registry_module(registry)
    source = keras(f"keras.src.{registry}")
    known = set(getattr(source, "ALL_OBJECTS_DICT", {}))
    exported = {name for name in vars(module) if not name.startswith("_")}
    names = known | exported
    return sorted(names | {name.lower() for name in names})


def _made_by(registry: Registry, string: str) -> str | None:
    """Return the main name of what `get` makes of a string."""
    module = registry_module(registry)
    results: list[Any] = []
    if not works(lambda: results.append(module.get(string))):
        return None
    result = results[0]
    if not inspect.isfunction(result):
        return str(type(result).__name__)
    if registry != "losses":
        return str(result.__name__)
    return _class_of(module, result)


def _class_of(module: Any, function: Any) -> str | None:
    """Find the class that computes a loss function."""
    wanted = function.__name__.replace("_", "")
    names = [name for name in vars(module) if name.lower() == wanted]
    return names[0] if names else None


def _by_habit(name: str) -> Any:
    """Sort snake_case first, then shorthands, then CamelCase."""
    snake = snake_case(name)

    def key(string: str) -> tuple[bool, bool, str]:
        return (string != snake, string == name, string.swapcase())

    return key
