"""The schema of what stands under a callable's name: its arguments.

They are a mapping (by keyword), a list (by position), a single value (the first one) or
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.catalogue import Argument, KerasCallable
from scaffold.checks.out_of_range import bounds
from scaffold.editor.schema.arguments import alternatives, argument_schema
from scaffold.editor.schema.definitions import Definitions, Schema
from scaffold.editor.schema.patterns import ARGUMENT
from scaffold.editor.schema.texts import of_callable, of_key
from scaffold.ir.values import by_position


def call_schema(pieces: Definitions, target: KerasCallable) -> Schema:
    """Gives a reference to the schema of a callable's arguments."""
    family = "" if target.registry == "layers" else f"{target.registry}."
    make = _operation if target.registry == "ops" else _object
    return pieces.once(f"{family}{target.name}", lambda: make(pieces, target))


def _object(pieces: Definitions, target: KerasCallable) -> Schema:
    """Gives the schema of the arguments of a layer, or of another Keras object."""
    by_keyword = properties(pieces, target, target.arguments)
    positional = by_position(target.arguments)
    needed = [one.name for one in target.arguments if one.required]
    least = max((at for at, one in enumerate(positional, 1) if one.required), default=0)
    main: Schema = {
        "type": ["object", "array"] + ["null"] * (not needed),
        "properties": by_keyword,
        "additionalProperties": False,
        **_items([by_keyword[one.name] for one in positional]),
    }
    if needed:
        main |= {"required": needed, "minItems": least}
    if not positional or needed not in ([], [positional[0].name]):
        return {**of_callable(target), **main}
    first, *others = _single(pieces, target, positional[0])
    if not others and "any" not in positional[0].kinds:
        types = first["type"] if isinstance(first["type"], list) else [first["type"]]
        main |= {**first, "type": [*main["type"], *types]}
        return {**of_callable(target), **main}
    return {**of_callable(target), "anyOf": [main, first, *others]}


def _items(listed: list[Schema]) -> Schema:
    """Gives the schema of arguments by position."""
    if not listed:
        return {"maxItems": 0}
    return {"items": listed, "additionalItems": False}


def _single(
    pieces: Definitions, target: KerasCallable, argument: Argument
) -> list[Schema]:
    limits = bounds(target, argument.name)
    return alternatives(pieces, argument, limits, alone=True)


def properties(
    pieces: Definitions, target: KerasCallable, arguments: Sequence[Argument]
) -> dict[str, Schema]:
    """Gives the schema of each of some arguments."""
    return {one.name: argument_schema(pieces, target, one) for one in arguments}


def _operation(pieces: Definitions, target: KerasCallable) -> Schema:
    """Gives the schema of the arguments of a function.

    Tensors fill its first ones: how many, and so what is needed and by what position,
    the keys beside it say.
    """
    given = [one for one in target.arguments if one.kinds != ("tensor",)]
    return {
        **of_callable(target),
        "type": ["object", "array", "string", "number", "boolean", "null"],
        "properties": properties(pieces, target, given),
        "additionalProperties": False,
    }


def own_schema() -> Schema:
    """Gives the schema of the arguments of a block, or of an imported layer."""
    text = "A block of this spec, or a layer of its `imports`, with its arguments."
    return {**of_key(text), "propertyNames": {"pattern": ARGUMENT}}
