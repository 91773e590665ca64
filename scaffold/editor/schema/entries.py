"""The schema of an entry of `layers`.

All layers are properties of one object. Of five structures that were tried with three
language servers, only this one results in complete lists and precise messages.
"""

from __future__ import annotations

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import examples
from scaffold.checks.param_uses import COUNT
from scaffold.checks.rules.out_of_range import bounds
from scaffold.checks.scope import is_usable
from scaffold.editor.schema.calls import call_schema
from scaffold.editor.schema.completions import callables, named, refusal
from scaffold.editor.schema.definitions import Definitions, Schema, reference
from scaffold.editor.schema.patterns import (
    ARGUMENT,
    CAMEL_CASE,
    EXPRESSION,
    name_schema,
    parameter_schema,
)
from scaffold.editor.schema.rules import add_rules
from scaffold.editor.schema.scalars import count_schema
from scaffold.editor.schema.snippets import SNIPPETS
from scaffold.editor.schema.texts import of_key
from scaffold.ir.extensions import EXTENSIONS
from scaffold.spec.keyed import SIBLINGS
from scaffold.spec.limits import MOST_ENTRIES

_TEXTS = {
    "name": "The layer's name: entries below refer to it, and so does `outputs`.",
    "from": "What the layer is called on: the name of an entry or an input, a list of "
    "names, or call arguments by name. By default the entry above.",
    "call": "Constant arguments of the call: `{use_causal_mask: true}`.",
    "repeat": "The number of layers in sequence, each with its own weights.",
    "for": "One layer for each value, in sequence: `{units: [64, 32]}`; the layer "
    "refers to the value as `$units`.",
    "if": "A condition on params, such as `$depth > 2`: the layer is created if it is "
    "true.",
    "else": "The layer that is created if the condition is false; by default "
    f"`{examples.NOTHING_NAME}`.",
}
_REUSE = "Calls the layer of another entry again, with the same weights."


def add_entry(pieces: Definitions) -> Schema:
    """Add the schema of an entry, and return a reference to it."""
    layers = _layers(pieces)
    pieces.add("sources", _sources())
    pieces.add("otherwise", _otherwise(layers))
    beyond = {name: call_schema(pieces, target) for name, target in EXTENSIONS.items()}
    text = "A layer with its arguments and other keys, or a string in line notation."
    reuse = {**of_key(_REUSE), "type": "string"}
    entry: Schema = {
        **of_key(text),
        "type": ["object", "string"],
        "pattern": r"\S",
        "properties": {**layers, **beyond, "reuse": reuse, **_siblings()},
        "patternProperties": {CAMEL_CASE: reference("own")},
        "additionalProperties": False,
        **add_rules(pieces),
        "defaultSnippets": SNIPPETS,
    }
    return pieces.add("entry", entry)


def _layers(pieces: Definitions) -> dict[str, Schema]:
    """Return the schemas of the layers and operations that an entry can call."""
    schemas = named(pieces, "layers")
    for name, target in callables(pieces.catalogue, "layers"):
        if is_usable(target) and (why := _why_no_entry(target)):
            schemas[name] = refusal(f"{name} {why}.")
    operations = named(pieces, "ops")
    return schemas | {f"ops.{name}": schema for name, schema in operations.items()}


def _why_no_entry(target: KerasCallable) -> str:
    """Return why a layer cannot be an entry, `""` if it can."""
    if target.takes == "none":
        return "takes no tensor: declare it under inputs"
    if "states" in target.tensors:
        wrapped = f"{examples.RUNNER}: {{{target.name}: ...}}"
        return f"is a cell: put it into a recurrent layer, {wrapped}"
    return ""


def _otherwise(layers: dict[str, Schema]) -> Schema:
    return {
        **of_key(_TEXTS["else"]),
        "type": "object",
        "allOf": [{"minProperties": 1, "maxProperties": 1}],
        "properties": layers,
        "patternProperties": {CAMEL_CASE: reference("own")},
        "additionalProperties": False,
    }


def _siblings() -> dict[str, Schema]:
    """Return the schemas of the other keys of an entry."""
    least, most = bounds(None, COUNT.name)
    schemas: dict[str, Schema] = {
        "name": name_schema(),
        "from": {
            "type": ["string", "array", "object"],
            "pattern": r"\S",
            "allOf": [{"items": reference("sources")}],
            "additionalProperties": reference("sources"),
        },
        "call": {
            "type": "object",
            "propertyNames": {"pattern": ARGUMENT},
            "additionalProperties": True,
        },
        "repeat": count_schema(least or 0, most or MOST_ENTRIES),
        "for": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": parameter_schema(),
            "additionalProperties": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_ENTRIES,
            },
        },
        "if": {"type": "string", "pattern": EXPRESSION},
    }
    return {
        key: (
            {**of_key(_TEXTS[key]), **schemas[key]}
            if key in schemas
            # Its text is in the definition, since a reference ignores other keys.
            else reference("otherwise")
        )
        for key in SIBLINGS
    }


def _sources() -> Schema:
    return {
        "type": ["string", "array"],
        "pattern": r"\S",
        "allOf": [{"items": reference("sources")}],
    }
