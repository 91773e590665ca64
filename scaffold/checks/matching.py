"""Whether a value can be given for an argument."""

from __future__ import annotations

from typing import Any, Literal

from scaffold.catalogue import Argument, Catalogue, Kind, Registry
from scaffold.checks.scope import Scope
from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import Collection, Dictionary, Imported, Object, Value
from scaffold.ir.values import REGISTRIES

Verdict = Literal["fits", "wrong kind", "no choice"]

DTYPES = (
    *("float16", "bfloat16", "float32", "float64"),
    *("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("bool", "string", "complex64", "complex128"),
    *("mixed_float16", "mixed_bfloat16"),
)
"""Keras's names of dtypes and of its usual dtype policies (`keras.dtype_policies`)."""

NOUNS: dict[Kind, str] = {
    "integer": "an integer",
    "float": "a number",
    "boolean": "a boolean",
    "string": "a string",
    "shape": "a list of sizes",
    "tuple": "a tuple",
    "list": "a list",
    "dict": "a mapping",
    "dtype": "a dtype",
    "activation": "an activation",
    "initializer": "an initializer",
    "regularizer": "a regularizer",
    "constraint": "a constraint",
    "layer": "a layer",
    "layers": "a list of layers",
    "loss": "a loss",
    "metric": "a metric",
    "optimizer": "an optimizer",
    "schedule": "a learning-rate schedule",
    "callback": "a callback",
}


def judge(value: Value, argument: Argument, scope: Scope) -> tuple[Verdict, Any]:
    """Tells whether a value can be given for an argument.

    Args:
        value: The value; params count as their defaults.
        argument: What the catalogue says of the argument.
        scope: The model and the catalogue.

    Returns:
        The verdict, and what was given: plain data, or the Keras object.
    """
    kinds = argument.kinds
    if "any" in kinds:
        return "fits", None
    if isinstance(value, Object):
        return ("fits" if _object_fits(value, argument) else "wrong kind"), value
    if isinstance(value, Collection) and _holds_objects(argument):
        return _all_fit(value.items, argument, scope)
    if isinstance(value, Dictionary) and "dict" in kinds:
        return _all_fit([item for _, item in value.pairs], argument, scope)
    try:
        data = fold(value, scope.defaults)
    except (Unknown, Impossible):
        return "fits", None
    if data is None:
        is_legal = argument.nullable or "shape" in kinds
        return ("fits" if is_legal else "wrong kind"), None
    if any(_data_fits(data, kind, argument, scope.catalogue) for kind in kinds):
        return "fits", data
    if isinstance(data, str) and choices_of(argument, scope.catalogue):
        return "no choice", data
    if "choice" in kinds and len(kinds) == 1:
        return "no choice", data
    return "wrong kind", data


def choices_of(argument: Argument, catalogue: Catalogue) -> tuple[str, ...]:
    """Gives the strings that an argument may be; none where any string will do."""
    found = [choice for choice in argument.choices if isinstance(choice, str)]
    for kind in argument.kinds:
        for registry in string_registries(kind):
            found += catalogue.strings(registry)
        if kind == "dtype":
            found += DTYPES
    return tuple(found)


def string_registries(kind: Kind) -> tuple[Registry, ...]:
    """Gives the families whose objects may be given as strings."""
    without = ("layers", "schedules", "callbacks")
    return tuple(one for one in REGISTRIES.get(kind, ()) if one not in without)


def _holds_objects(argument: Argument) -> bool:
    """Tells whether a list of the argument's own kind can be given: `metrics`."""
    if "layers" in argument.kinds:
        return True
    return "list" in argument.kinds and any(
        kind in REGISTRIES for kind in argument.kinds
    )


def _all_fit(items: Any, argument: Argument, scope: Scope) -> tuple[Verdict, Any]:
    as_item = argument._replace(nullable=True)
    if "layers" in argument.kinds:
        as_item = argument._replace(kinds=("layer",))
    for item in items:
        verdict, data = judge(item, as_item, scope)
        if verdict != "fits":
            return verdict, data
    return "fits", None


def _object_fits(value: Object, argument: Argument) -> bool:
    if value.target is None:
        return True
    if isinstance(value.target, Imported):
        return any(kind in REGISTRIES for kind in argument.kinds)
    family = value.target.registry
    return any(family in REGISTRIES.get(kind, ()) for kind in argument.kinds)


def _data_fits(data: Any, kind: Kind, argument: Argument, catalogue: Catalogue) -> bool:
    is_number = isinstance(data, (int, float)) and not isinstance(data, bool)
    match kind:
        case "integer":
            return isinstance(data, int) and is_number
        case "float":
            return is_number
        case "boolean":
            return isinstance(data, bool)
        case "string":
            return isinstance(data, str)
        case "choice":
            return any(
                data == one and type(data) is type(one) for one in argument.choices
            )
        case "shape":
            return isinstance(data, list) and all(
                one is None or (isinstance(one, int) and not isinstance(one, bool))
                for one in data
            )
        case "tuple":
            return _is_tuple(data, argument.rank)
        case "list":
            return isinstance(data, list)
        case "dict":
            return isinstance(data, dict)
        case "dtype":
            return data in DTYPES
        case _:
            return isinstance(data, str) and any(
                catalogue.find_string(registry, data) is not None
                for registry in string_registries(kind)
            )


def _is_tuple(data: Any, rank: int | None) -> bool:
    """Tells whether data is a tuple of so many numbers, or of tuples of numbers."""
    if not isinstance(data, list) or (rank is not None and len(data) != rank):
        return False
    return all(
        isinstance(one, (int, float, type(None))) or _is_tuple(one, None)
        for one in data
    )
