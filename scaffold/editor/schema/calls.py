"""The schema of the value under the name of a callable: its arguments.

The value is a mapping (by keyword), a list (by position), a single value (the first
argument) or null.
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
    required = [argument.name for argument in target.arguments if argument.required]
    types = ["object", "array"] + ["null"] * (not required)
    main: Schema = {
        **of_callable(target),
        "type": types,
        "properties": by_keyword,
        "additionalProperties": False,
        **_items([by_keyword[argument.name] for argument in positional]),
    }
    if required:
        positions = [
            position
            for position, argument in enumerate(positional, 1)
            if argument.required
        ]
        main |= {"required": required, "minItems": max(positions, default=0)}
        main["defaultSnippets"] = [_snippet(required)]
    if positional and required in ([], [positional[0].name]):
        return _with_single(pieces, target, positional[0], main)
    return main


def _with_single(
    pieces: Definitions, target: KerasCallable, first: Argument, main: Schema
) -> Schema:
    """Extend a schema so that the first argument can be written alone."""
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
    """Return the alternatives to arguments by keyword: calls as the first argument.

    A key in CamelCase is a call.
    """
    required = {"required": main.pop("required")} if "required" in main else {}
    names = {"propertyNames": {"pattern": "^[a-z_]"}, "additionalProperties": True}
    return {"anyOf": [{"type": types, **names, **required}, *calls]}


def _calls(
    pieces: Definitions, first: Argument, by_keyword: dict[str, Schema]
) -> Schema:
    """Return the names of the calls that the first argument accepts."""
    families = families_of(first)
    if "layers" in families:
        return {"patternProperties": {CAMEL_CASE: True}}
    offered = [named(pieces, family) for family in families]
    return {
        "properties": by_keyword
        | {k: v for schemas in offered for k, v in schemas.items()}
    }


def _snippet(required: list[str]) -> Schema:
    """Return the snippet that an editor inserts for the required arguments."""
    body = {name: f"^${number}" for number, name in enumerate(required, 1)}
    # yaml-language-server also offers it for the value of an argument: sort it last.
    return {"label": "required arguments", "sortText": "~", "body": body}


def _items(listed: list[Schema]) -> Schema:
    """Return the schema of arguments by position."""
    if not listed:
        return {"maxItems": 0}
    return {"items": listed, "additionalItems": False}


def properties(
    pieces: Definitions, target: KerasCallable, arguments: Sequence[Argument]
) -> dict[str, Schema]:
    """Return the schemas of arguments by name."""
    return {
        argument.name: argument_schema(pieces, target, argument)
        for argument in arguments
    }


def _operation(pieces: Definitions, target: KerasCallable) -> Schema:
    """Return the schema of the arguments of a function.

    Tensors fill its first arguments. Other keys of the entry determine how many, so the
    schema does not know which arguments are required, or their positions.
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
