"""The schema of one argument: what `check` takes for it, as plain data.

The types that JSON has exclude one another, so that most of it fits into one flat
schema. Only a fixed set of strings, and Keras objects, stand in pieces of their own.
"""

from __future__ import annotations

from typing import Any

from scaffold.catalogue import Argument, KerasCallable, Kind
from scaffold.checks.matching import string_registries
from scaffold.checks.out_of_range import bounds
from scaffold.editor.schema.definitions import Definitions, Schema, reference
from scaffold.editor.schema.patterns import CALL, CAMEL_CASE, EXPRESSION
from scaffold.editor.schema.texts import of_argument, takes
from scaffold.ir.values import REGISTRIES, registries_of

_TYPES: dict[Kind, str] = {
    "integer": "integer",
    "float": "number",
    "boolean": "boolean",
    "string": "string",
    "shape": "array",
    "tuple": "array",
    "list": "array",
    "layers": "array",
}
_POLICY = "_from_"
"""A piece of the name of every dtype policy of quantized layers."""

Limits = tuple[int | None, int | None]


def argument_schema(
    pieces: Definitions, target: KerasCallable, argument: Argument
) -> Schema:
    """Gives a reference to the schema of an argument of a callable."""
    limits = bounds(target, argument.name)
    facts = f"{argument[1:]}{limits}"
    return pieces.share(facts, lambda: _with_text(pieces, argument, limits))


def _with_text(pieces: Definitions, argument: Argument, limits: Limits) -> Schema:
    text = of_argument(argument, *limits)
    found = alternatives(pieces, argument, limits)
    return {**text, **found[0]} if len(found) == 1 else {**text, "anyOf": found}


def alternatives(
    pieces: Definitions, argument: Argument, limits: Limits, *, alone: bool = False
) -> list[Schema]:
    """Gives the pieces, one of which a value has to fit.

    Args:
        pieces: Where the shared ones are kept.
        argument: The argument.
        limits: The least and the greatest number, if any.
        alone: Whether the value stands in the place of all arguments: `Dense: 8`.
    """
    if "any" in argument.kinds:
        return [_anything(alone=alone)]
    found = _strings(argument)
    found.append(_plain(pieces, argument, limits, alone=alone, is_last=not found))
    found += [reference(one) for one in _families(argument)]
    if "dict" in argument.kinds and not alone:
        found.append(_mapping(pieces, argument))
    return found


def _anything(*, alone: bool) -> Schema:
    if not alone:
        return {}
    call = {"propertyNames": {"pattern": CAMEL_CASE}, "maxProperties": 1}
    return {"type": ["string", "number", "boolean", "object"], **call}


def _strings(argument: Argument) -> list[Schema]:
    """Gives the sets of strings, and of other constants, that an argument may be."""
    found: list[Schema] = []
    if argument.choices:
        texts = ["The default." * (one == argument.default) for one in argument.choices]
        listed: Schema = {"enum": list(argument.choices)}
        found.append(listed | ({"enumDescriptions": texts} if any(texts) else {}))
    for kind in argument.kinds:
        found += [reference(f"{one}.strings") for one in string_registries(kind)]
        if kind in ("schedule", "callback"):
            found.append(reference(f"{kind}s.names"))
        elif kind == "dtype":
            found.append(reference("dtypes"))
    if "layers" in registries_of(argument) and _families(argument):
        found.append(reference("layers.names"))
    return found


def _families(argument: Argument) -> list[str]:
    """Gives the families whose objects may be called for an argument."""
    kinds = [kind for kind in argument.kinds if kind in REGISTRIES]
    found = [one for kind in kinds for one in REGISTRIES[kind] if one != "activations"]
    return list(dict.fromkeys(found))


def _plain(
    pieces: Definitions,
    argument: Argument,
    limits: Limits,
    *,
    alone: bool,
    is_last: bool,
) -> Schema:
    """Gives what an argument may be without a set of strings, and without objects."""
    types = [_TYPES[kind] for kind in argument.kinds if kind in _TYPES]
    if "number" in types:
        types = [one for one in types if one != "integer"]
    types += ["string"] + ["null"] * argument.nullable
    if alone:
        types = [one for one in types if one not in ("array", "null")]
    listed = list(dict.fromkeys(types))
    found: Schema = {"type": listed if len(listed) > 1 else listed[0]}
    if "string" not in argument.kinds:
        found["pattern"] = _pattern(argument)
        if is_last:
            text = f"This takes {takes(argument)}, or an expression: $name."
            found["patternErrorMessage"] = text
    if "number" in listed or "integer" in listed:
        found |= _range(limits)
    return found | (_array(pieces, argument, limits) if "array" in listed else {})


def _pattern(argument: Argument) -> str:
    """Gives what a string is apart from those that are listed."""
    parts = [EXPRESSION]
    if "dtype" in argument.kinds:
        parts.append(_POLICY)
    if any(kind in REGISTRIES for kind in argument.kinds):
        parts.append(CALL)
    return "|".join(parts)


def _range(limits: Limits) -> Schema:
    least, most = limits
    found = {"minimum": least} if least is not None else {}
    return found | ({"maximum": most} if most is not None else {})


def _array(pieces: Definitions, argument: Argument, limits: Limits) -> Schema:
    """Gives what a list may hold."""
    kinds = argument.kinds
    if "layers" in kinds:
        return {"items": _item(pieces, argument._replace(kinds=("layer",)))}
    if "list" in kinds and any(kind in REGISTRIES for kind in kinds):
        return {"items": _item(pieces, argument)}
    if "list" in kinds:
        return {"items": _range(limits)} if _range(limits) else {}
    if "shape" in kinds:
        return {"items": _sizes(["integer", "string", "null"], limits)}
    number = "integer" if "integer" in kinds and "float" not in kinds else "number"
    inner = _sizes([number, "string", "null"], limits)
    items = _sizes([number, "string", "null", "array"], limits) | {"items": inner}
    rank = argument.rank
    return {"items": items} | ({"minItems": rank, "maxItems": rank} if rank else {})


def _sizes(types: list[str], limits: Limits) -> Schema:
    return {"type": types, "pattern": EXPRESSION, **_range(limits)}


def _item(pieces: Definitions, argument: Argument) -> Schema:
    """Gives a reference to what an item of a list, or of a mapping, may be."""
    item = Argument("item", kinds=argument.kinds, nullable=True)
    name = f"items.{'-'.join(item.kinds)}"

    def make() -> Schema:
        return {"anyOf": alternatives(pieces, item, (None, None))}

    return pieces.once(name, make)


def _mapping(pieces: Definitions, argument: Argument) -> Schema:
    """Gives what a mapping may hold: one key in CamelCase alone would be a call."""
    camel = {"propertyNames": {"pattern": CAMEL_CASE}}
    found: Schema = {"type": "object"}
    found["not"] = {"minProperties": 1, "maxProperties": 1, **camel}
    if any(kind in REGISTRIES for kind in argument.kinds):
        found["additionalProperties"] = _item(pieces, argument)
    return found


def count_schema(least: int, most: int) -> dict[str, Any]:
    """Gives the schema of how many layers stand in a row."""
    text = f"This takes an integer from {least} to {most}, or an expression: $name."
    return {
        "type": ["integer", "string"],
        "minimum": least,
        "maximum": most,
        "pattern": EXPRESSION,
        "patternErrorMessage": text,
    }
