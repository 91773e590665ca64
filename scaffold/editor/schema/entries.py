"""The schema of an entry of `layers`.

All layers are properties of one object: of five shapes of a schema that were tried with
three language servers, this one alone gives complete lists and precise messages.
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
from scaffold.ir.extensions import BEYOND
from scaffold.spec.keyed import SIBLINGS
from scaffold.spec.limits import MOST_ENTRIES

_TEXTS = {
    "name": "The layer's name: entries below refer to it, and so does `outputs`.",
    "from": "What it is called on: the name of an entry or an input, a list of them, "
    "or call arguments by name. Without it, the entry above.",
    "call": "Constant arguments of the call: `{use_causal_mask: true}`.",
    "repeat": "How many of it stand in a row, each with weights of its own.",
    "for": "One layer for each value, in a row: `{units: [64, 32]}`; the layer "
    "refers to it as `$units`.",
    "if": "A condition on params, such as `$depth > 2`: the layer is made if it holds.",
    "else": "The layer that is made if the condition does not hold; without it, "
    f"`{examples.NOTHING_NAME}`.",
}
_REUSE = "Calls the layer of another entry once more, with the same weights."


def add_entry(pieces: Definitions) -> Schema:
    """Keep the schema of an entry, and return a reference to it."""
    layers = _layers(pieces)
    pieces.add("sources", _sources())
    pieces.add("otherwise", _otherwise(layers))
    beyond = {name: call_schema(pieces, target) for name, target in BEYOND.items()}
    text = "A layer with its arguments, and what goes with it; or a line that says it."
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
    """Return the schemas of what an entry may call, by its names."""
    schemas = named(pieces, "layers")
    for name, target in callables(pieces.catalogue, "layers"):
        if is_usable(target) and (why := _why_no_entry(target)):
            schemas[name] = refusal(f"{name} {why}.")
    operations = named(pieces, "ops")
    return schemas | {f"ops.{name}": schema for name, schema in operations.items()}


def _why_no_entry(target: KerasCallable) -> str:
    """Describe why a layer cannot be an entry, `""` where it can."""
    if target.takes == "none":
        return "takes no tensor: what is under inputs makes it"
    if "states" in target.tensors:
        around = f"{examples.RUNNER}: {{{target.name}: ...}}"
        return f"is a cell: put it into a recurrent layer, {around}"
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
    """Return the schemas of what may stand beside a layer."""
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
            # What is said of it stands where it leads to.
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
