"""The schema of one argument: the values that `check` accepts, as plain data.

JSON types exclude each other, so most of it fits into one flat schema. Only fixed sets
of strings are separate definitions, and so are the layers, of which there are too many
to repeat them for each argument that accepts a layer.
"""

from __future__ import annotations

from scaffold.catalogue import Argument, KerasCallable, Registry
from scaffold.checks.argument_match import string_registries
from scaffold.checks.rules.out_of_range import bounds
from scaffold.editor.schema.completions import one_of
from scaffold.editor.schema.definitions import Definitions, Schema, reference
from scaffold.editor.schema.pages import page_of
from scaffold.editor.schema.patterns import CAMEL_CASE
from scaffold.editor.schema.scalars import Item, Limits, plain_schema
from scaffold.editor.schema.texts import of_argument, takes
from scaffold.ir.values import REGISTRIES, registries_of


def argument_schema(
    pieces: Definitions, target: KerasCallable, argument: Argument
) -> Schema:
    """Return a reference to the schema of an argument of a callable."""
    limits = bounds(target, argument.name)
    page = page_of(pieces.catalogue, target, argument)

    def make() -> Schema:
        text = of_argument(argument, *limits, page)
        return {**text, **value_schema(pieces, argument, limits)}

    return pieces.share(f"{argument[1:]}{limits}{page}", make)


def value_schema(pieces: Definitions, argument: Argument, limits: Limits) -> Schema:
    """Return the schema of the values of an argument.

    Its types, and the properties of an object, are outside of all alternatives, where
    editors look for both. Strings are the first alternative, since editors show the
    message of the first one.
    """
    if "any" in argument.kinds:
        return {"additionalProperties": True}
    schema = scalar_schema(pieces, argument, limits)
    types, families = schema["type"], families_of(argument)
    is_mapping = "dict" in argument.kinds
    if not families and not is_mapping:
        return schema
    rules = schema.get("allOf", [])
    schema["type"] = [*types, "object"]
    if "layers" in families or is_mapping:
        # There are too many layers to repeat here, and a mapping has any keys.
        objects = [reference(family) for family in families]
        objects += [_mapping(pieces, argument)] * is_mapping
        schema["additionalProperties"] = True
        return schema | {"allOf": [*rules, {"anyOf": [{"type": types}, *objects]}]}
    for family in families:
        schema |= one_of(pieces, family)
        rules = [*schema["allOf"], *rules]
    return schema | {"allOf": rules}


def scalar_schema(
    pieces: Definitions, argument: Argument, limits: Limits, *, alone: bool = False
) -> Schema:
    """Return the schema of the values that are not mappings.

    Args:
        pieces: The shared definitions.
        argument: The argument.
        limits: The least and the greatest number, if any.
        alone: Whether the value is written instead of all arguments: `Dense: 8`.
    """
    schema = plain_schema(argument, limits, _item(pieces), alone=alone)
    strings = _strings(argument)
    if not strings:
        return _with_message(schema, argument)
    pattern = schema.pop("pattern", None)
    # Without a type, it accepts all but strings, and does not hide another message.
    other: Schema = {} if pattern is None else {"pattern": pattern}
    if not all(isinstance(choice, str) for choice in argument.choices):
        other["type"] = schema["type"]
    return schema | {"anyOf": [*strings, other]}


def _with_message(schema: Schema, argument: Argument) -> Schema:
    if "pattern" not in schema:
        return schema
    text = f"Expected {takes(argument)}, or an expression: $name."
    return schema | {"patternErrorMessage": text}


def families_of(argument: Argument) -> list[Registry]:
    """Return the families whose objects an argument accepts as calls."""
    kinds = [kind for kind in argument.kinds if kind in REGISTRIES]
    families = [
        family
        for kind in kinds
        for family in REGISTRIES[kind]
        if family != "activations"
    ]
    return list(dict.fromkeys(families))


def any_call() -> Schema:
    """Return the schema of any value that can be written instead of all arguments."""
    call = {"propertyNames": {"pattern": CAMEL_CASE}, "maxProperties": 1}
    types = ["string", "number", "boolean", "object"]
    return {"type": types, **call, "additionalProperties": True}


def _strings(argument: Argument) -> list[Schema]:
    """Return the sets of strings and other constants that an argument accepts."""
    schemas: list[Schema] = []
    if argument.choices:
        texts = [
            "The default." * (choice == argument.default) for choice in argument.choices
        ]
        listed: Schema = {"enum": list(argument.choices)}
        if all(isinstance(choice, str) for choice in argument.choices):
            listed = {"type": "string", **listed}
        schemas.append(listed | ({"enumDescriptions": texts} if any(texts) else {}))
    for kind in argument.kinds:
        schemas += [
            reference(f"{registry}.strings") for registry in string_registries(kind)
        ]
        if kind == "callback":
            schemas.append(reference("callbacks.names"))
        elif kind == "dtype":
            schemas.append(reference("dtypes"))
    if "layers" in registries_of(argument) and families_of(argument):
        schemas.append(reference("layers.names"))
    return schemas


def _item(pieces: Definitions) -> Item:
    """Return a function that makes the schema of the items of a list or mapping."""

    def make(argument: Argument) -> Schema:
        item = Argument("item", kinds=argument.kinds, nullable=True)
        name = f"items.{'-'.join(item.kinds)}"
        return pieces.once(name, lambda: value_schema(pieces, item, (None, None)))

    return make


def _mapping(pieces: Definitions, argument: Argument) -> Schema:
    """Return the schema of a mapping; a single key in CamelCase would be a call."""
    camel = {"propertyNames": {"pattern": CAMEL_CASE}}
    schema: Schema = {"type": "object", "additionalProperties": True}
    schema["not"] = {"minProperties": 1, "maxProperties": 1, **camel}
    if any(kind in REGISTRIES for kind in argument.kinds):
        schema["additionalProperties"] = _item(pieces)(argument)
    return schema
