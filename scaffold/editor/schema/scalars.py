"""The flat part of an argument's schema: numbers, strings, booleans, lists, null."""

from __future__ import annotations

from collections.abc import Callable

from scaffold.catalogue import Argument, Kind
from scaffold.editor.schema.definitions import Schema
from scaffold.editor.schema.patterns import CALL, EXPRESSION
from scaffold.ir.values import REGISTRIES

_TYPES: dict[Kind, str] = {
    "boolean": "boolean",
    "string": "string",
    "float": "number",
    "integer": "integer",
    "shape": "array",
    "tuple": "array",
    "list": "array",
    "layers": "array",
}
"""The JSON types of kinds, in the order of a schema.

An editor that completes a key inserts a value of the first type: 0 for a number.
"""
_POLICY = "_from_"
"""A part of the name of every dtype policy of quantized layers."""

Limits = tuple[int | None, int | None]
"""The least and the greatest number; `None` for no bound."""

Item = Callable[[Argument], Schema]


def plain_schema(
    argument: Argument, limits: Limits, item: Item, *, alone: bool = False
) -> Schema:
    """Return the schema of an argument, except for fixed strings and objects.

    Args:
        argument: The argument.
        limits: The least and the greatest number, if any.
        item: Returns a reference to the schema of the items of a list of objects.
        alone: Whether the value is written instead of all arguments: `Dense: 8`.
    """
    kinds = argument.kinds
    is_object = any(kind in REGISTRIES for kind in kinds)
    types = {_TYPES[kind] for kind in kinds if kind in _TYPES} | {"string"}
    types |= {_json_type(choice) for choice in argument.choices}
    if "number" in types:
        types -= {"integer"}
    listed = [name for name in dict.fromkeys(_TYPES.values()) if name in types]
    is_list = listed == ["string", "array"] and not is_object
    if alone:
        listed = [name for name in listed if name != "array"]
    elif argument.nullable:
        listed.append("null")
    schema: Schema = {"type": listed}
    if "string" not in kinds:
        schema["pattern"] = _pattern(argument)
    if "number" in listed or "integer" in listed:
        schema |= _range(limits)
    items = _array(argument, limits, item) if "array" in listed else {}
    if not items or is_list:
        return schema | items
    # Under `allOf`, editors do not see it. Otherwise they would start a list for every
    # key that they complete, and would recurse without end into lists of lists.
    return schema | {"allOf": [items]}


def _json_type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "integer" if isinstance(value, int) else "string"


def _pattern(argument: Argument) -> str:
    """Return the pattern of the strings that are not listed."""
    parts = [EXPRESSION]
    if "dtype" in argument.kinds:
        parts.append(_POLICY)
    if any(kind in REGISTRIES for kind in argument.kinds):
        parts.append(CALL)
    return "|".join(parts)


def _range(limits: Limits) -> Schema:
    least, most = limits
    schema = {"minimum": least} if least is not None else {}
    return schema | ({"maximum": most} if most is not None else {})


def _array(argument: Argument, limits: Limits, item: Item) -> Schema:
    """Return the schema of the items of a list."""
    kinds = argument.kinds
    if "layers" in kinds:
        return {"items": item(argument._replace(kinds=("layer",)))}
    if "list" in kinds and any(kind in REGISTRIES for kind in kinds):
        return {"items": item(argument)}
    if "list" in kinds:
        return {"items": _range(limits)} if _range(limits) else {}
    if "shape" in kinds:
        return {"items": _sizes(["string", "integer", "null"], limits)}
    number = "integer" if "integer" in kinds and "float" not in kinds else "number"
    # Deeper levels are not checked: no argument is known to use more than two.
    types = ["string", number, "null", "array"]
    items = _sizes(types, limits) | {"items": _sizes(types, limits)}
    rank = argument.rank
    return {"items": items} | ({"minItems": rank, "maxItems": rank} if rank else {})


def _sizes(types: list[str], limits: Limits) -> Schema:
    return {"type": types, "pattern": EXPRESSION, **_range(limits)}


def count_schema(least: int, most: int) -> Schema:
    """Return the schema of the number of layers of a repeat."""
    text = f"Expected an integer from {least} to {most}, or an expression: $name."
    return {
        "type": ["string", "integer"],
        "minimum": least,
        "maximum": most,
        "pattern": EXPRESSION,
        "patternErrorMessage": text,
    }
