"""Find the strings that Keras accepts in place of objects."""

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
    # `compile` resolves these by the shapes of labels and predictions. They are listed
    # with its fallback class, after the strings of that class.
    "metrics": {"accuracy": "CategoricalAccuracy", "acc": "CategoricalAccuracy"},
    "losses": {
        "crossentropy": "CategoricalCrossentropy",
        "ce": "CategoricalCrossentropy",
    },
}

NEVER_MADE = {"metrics": frozenset({"Accuracy", "accuracy"})}
"""Strings that `get` accepts, but that `compile` resolves to other objects."""


def strings_by_name(registry: Registry) -> dict[str, tuple[str, ...]]:
    """Return the strings for each main name, the usual one first."""
    if registry not in WITH_GET:
        return {}
    by_name: dict[str, list[str]] = {}
    for string in _candidates(registry):
        name = _name_of_result(registry, string)
        if name is not None and string not in NEVER_MADE.get(registry, ()):
            by_name.setdefault(name, []).append(string)
    ordered = {
        name: sorted(strings, key=_sort_key(name)) for name, strings in by_name.items()
    }
    for string, name in BY_COMPILE.get(registry, {}).items():
        ordered.setdefault(name, []).append(string)
    return {name: tuple(strings) for name, strings in ordered.items()}


def snake_case(name: str) -> str:
    """Convert `HeNormal` to `he_normal`, `KLDivergence` to `kl_divergence`."""
    spaced = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", spaced).lower()


def _candidates(registry: Registry) -> list[str]:
    """Return the candidates: exported names, and the keys that `get` looks up."""
    module = registry_module(registry)
    source = keras(f"keras.src.{registry}")
    known = set(getattr(source, "ALL_OBJECTS_DICT", {}))
    exported = {name for name in vars(module) if not name.startswith("_")}
    names = known | exported
    return sorted(names | {name.lower() for name in names})


def _name_of_result(registry: Registry, string: str) -> str | None:
    """Return the main name of the object that `get` returns for a string."""
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
    """Return the class that computes a loss function."""
    bare = function.__name__.replace("_", "")
    names = [name for name in vars(module) if name.lower() == bare]
    return names[0] if names else None


def _sort_key(name: str) -> Any:
    """Return a sort key: snake_case first, then shorthands, then CamelCase."""
    snake = snake_case(name)

    def key(string: str) -> tuple[bool, bool, str]:
        return (string != snake, string == name, string.swapcase())

    return key
