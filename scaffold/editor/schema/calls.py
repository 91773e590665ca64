"""The schema of what stands under a callable's name: its arguments.

They are a mapping (by keyword), a list (by position), a single value (the first one) or
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.catalogue import Argument, KerasCallable
from scaffold.checks.rules.out_of_range import bounds
from scaffold.editor.schema.arguments import (
    any_call,
    argument_schema,
    families_of,
    scalar_schema,
)
from scaffold.editor.schema.completions import named, piece_of
from scaffold.editor.schema.definitions import Definitions, Schema, reference
from scaffold.editor.schema.patterns import CAMEL_CASE
from scaffold.editor.schema.texts import of_callable, of_key
from scaffold.ir.values import by_position


def call_schema(pieces: Definitions, target: KerasCallable) -> Schema:
    """Return a reference to the schema of a callable's arguments."""
    make = _operation if target.registry == "ops" else _object
    return pieces.once(piece_of(target), lambda: make(pieces, target))


def _object(pieces: Definitions, target: KerasCallable) -> Schema:
    """Return the schema of the arguments of a layer, or of another Keras object."""
    by_keyword = properties(pieces, target, target.arguments)
    positional = by_position(target.arguments)
    needed = [argument.name for argument in target.arguments if argument.required]
    types = ["object", "array"] + ["null"] * (not needed)
    main: Schema = {
        **of_callable(target),
        "type": types,
        "properties": by_keyword,
        "additionalProperties": False,
        **_items([by_keyword[argument.name] for argument in positional]),
    }
    if needed:
        places = [at for at, argument in enumerate(positional, 1) if argument.required]
        main |= {"required": needed, "minItems": max(places, default=0)}
        main["defaultSnippets"] = [_snippet(needed)]
    if positional and needed in ([], [positional[0].name]):
        return _with_single(pieces, target, positional[0], main)
    return main


def _with_single(
    pieces: Definitions, target: KerasCallable, first: Argument, main: Schema
) -> Schema:
    """Add that the first argument may stand there alone."""
    limits = bounds(target, first.name)
    types = main.pop("type")
    if "any" in first.kinds:
        main["patternProperties"] = {CAMEL_CASE: True}
        return main | _with_calls(main, types, [any_call()])
    scalar = scalar_schema(pieces, first, limits, alone=True)
    if families := families_of(first):
        calls = [reference(family) for family in families]
        main |= _calls(pieces, first, main["properties"])
        return main | _with_calls(main, types, [scalar, *calls])
    scalar["type"] = [*types, *scalar["type"]]
    for alternative in scalar.get("anyOf", []):
        if isinstance(alternative.get("type"), list):
            alternative["type"] = scalar["type"]
    return main | scalar


def _with_calls(main: Schema, types: list[str], calls: list[Schema]) -> Schema:
    """Return the alternatives of arguments by keyword and of what stands for them.

    A key in CamelCase is a call, which is the first argument.
    """
    needed = {"required": main.pop("required")} if "required" in main else {}
    names = {"propertyNames": {"pattern": "^[a-z_]"}, "additionalProperties": True}
    return {"anyOf": [{"type": types, **names, **needed}, *calls]}


def _calls(
    pieces: Definitions, first: Argument, by_keyword: dict[str, Schema]
) -> Schema:
    """Return the names of what may be called as a first argument."""
    families = families_of(first)
    if "layers" in families:
        return {"patternProperties": {CAMEL_CASE: True}}
    offered = [named(pieces, family) for family in families]
    return {
        "properties": by_keyword
        | {k: v for schemas in offered for k, v in schemas.items()}
    }


def _snippet(needed: list[str]) -> Schema:
    """Return what an editor writes where a callable is chosen that needs arguments."""
    body = {name: f"^${number}" for number, name in enumerate(needed, 1)}
    # yaml-language-server offers it for the value of an argument, too: at the end.
    return {"label": "its required arguments", "sortText": "~", "body": body}


def _items(listed: list[Schema]) -> Schema:
    """Return the schema of arguments by position."""
    if not listed:
        return {"maxItems": 0}
    return {"items": listed, "additionalItems": False}


def properties(
    pieces: Definitions, target: KerasCallable, arguments: Sequence[Argument]
) -> dict[str, Schema]:
    """Return the schema of each of some arguments."""
    return {
        argument.name: argument_schema(pieces, target, argument)
        for argument in arguments
    }


def _operation(pieces: Definitions, target: KerasCallable) -> Schema:
    """Return the schema of the arguments of a function.

    Tensors fill its first ones: how many, and so what is needed and by what position,
    the keys beside it say.
    """
    arguments = [
        argument for argument in target.arguments if argument.kinds != ("tensor",)
    ]
    return {
        **of_callable(target),
        "type": ["object", "array", "string", "number", "boolean", "null"],
        "properties": properties(pieces, target, arguments),
        "additionalProperties": False,
    }


def own_schema() -> Schema:
    """Return the schema of the arguments of a block, or of an imported layer."""
    text = "A block of this spec, or a layer of its `imports`, with its arguments."
    return {**of_key(text), "additionalProperties": True}
