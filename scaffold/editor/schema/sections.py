"""The schema of the sections of a spec, and of a block."""

from __future__ import annotations

from scaffold.checks.rules.input_shape import LEAST_SIZE
from scaffold.editor.schema.calls import properties
from scaffold.editor.schema.definitions import Definitions, Schema, reference
from scaffold.editor.schema.patterns import (
    EXPRESSION,
    PLACE,
    REFERENCE,
    block_schema,
    name_schema,
    parameter_schema,
)
from scaffold.editor.schema.texts import of_key
from scaffold.ir.hooks import METHODS
from scaffold.spec.layers import BLOCK_KEYS
from scaffold.spec.limits import LONGEST_NAME

_BLOCK = {
    "description": "What the block is: its first sentence begins the docstring.",
    "params": "Its params: a mapping of names and defaults, or a list in which a bare "
    "name has to be given.",
    "inputs": "The names of its inputs; without it there is one, `inputs`.",
    "layers": "Its entries, each called on the one before it.",
    "outputs": "What it gives: an entry's name, a list of them, or a mapping; by "
    "default the last entry.",
}
_METHODS = {
    "train_step": "What fit does with one batch.",
    "test_step": "What evaluate does with one batch.",
    "predict_step": "What predict does with one batch.",
    "compute_loss": "What is minimized.",
    "compute_metrics": "Which numbers are shown.",
}


def params_schema() -> Schema:
    """Return the schema of `params` of a model: names and plain defaults."""
    return {
        "type": "object",
        "propertyNames": parameter_schema(),
        "additionalProperties": reference("plain"),
    }


def default_schema() -> Schema:
    """Return the schema of a param's default."""
    types = ["string", "number", "boolean", "null", "array"]
    return {"type": types, "items": reference("plain")}


def inputs_schema(pieces: Definitions) -> Schema:
    """Return the schema of `inputs` of a model: a shape, or names and shapes."""
    options = pieces.catalogue.find("methods", "Input")
    assert options is not None
    arguments = properties(pieces, options, options.arguments)
    text = "The sizes of all axes but the batch axis; `null` is an axis of any size."
    size: Schema = {
        "type": ["integer", "string", "null"],
        "minimum": LEAST_SIZE,
        "pattern": EXPRESSION,
        "patternErrorMessage": "A size is an integer, null or an expression: $name.",
    }
    pieces.add("shape", {**of_key(text), "type": "array", "items": size})
    arguments["shape"] = reference("shape")
    input_schema: Schema = {
        **of_key("An input: its shape, or `{shape, dtype, batch_size, ...}`."),
        "type": ["array", "object"],
        "items": size,
        "properties": arguments,
        "required": ["shape"],
        "additionalProperties": False,
    }
    return {
        "type": ["array", "object"],
        "items": size,
        "minProperties": 1,
        "propertyNames": name_schema(),
        "additionalProperties": pieces.add("input", input_schema),
    }


def imports_schema() -> Schema:
    """Return the schema of `imports`: names and places."""
    place = {
        **of_key("Where the layer is: `package.module:Class`."),
        "type": "string",
        "pattern": PLACE,
        "patternErrorMessage": "Write package.module:Class.",
    }
    return {
        "type": "object",
        "propertyNames": name_schema(),
        "additionalProperties": place,
    }


def layers_schema() -> Schema:
    """Return the schema of `layers`."""
    return {"type": "array", "minItems": 1, "items": reference("entry")}


def outputs_schema() -> Schema:
    """Return the schema of `outputs`."""
    name: Schema = {
        "type": "string",
        "pattern": REFERENCE,
        "patternErrorMessage": "An output is the name of one entry: name, or name[0].",
    }
    return {
        **name,
        "type": ["string", "array", "object"],
        "minItems": 1,
        "minProperties": 1,
        "allOf": [{"items": name}],
        "additionalProperties": name,
    }


def losses_schema() -> Schema:
    """Return what keys of several outputs are, after which losses are named (KS225)."""
    return {
        "if": {"type": "object", "minProperties": 2, "additionalProperties": True},
        "then": {
            "additionalProperties": True,
            "propertyNames": {
                "pattern": "^[A-Za-z0-9_./>-]+$",
                "patternErrorMessage": "Of several outputs, each key has letters of "
                "ASCII, digits, and any of _ . - / >.",
            },
        },
    }


def blocks_schema(pieces: Definitions) -> Schema:
    """Return the schema of `blocks`: names and blocks."""
    name = parameter_schema(LONGEST_NAME)
    schemas: dict[str, Schema] = {
        "description": {"type": "string"},
        "params": {
            **params_schema(),
            "type": ["object", "array"],
            "items": {
                **params_schema(),
                **parameter_schema(),
                "type": ["string", "object"],
            },
        },
        "inputs": {
            **name,
            "type": ["string", "array"],
            "minItems": 1,
            "allOf": [{"items": name}],
        },
        "layers": layers_schema(),
        "outputs": outputs_schema(),
    }
    block: Schema = {
        "type": "object",
        "properties": {
            key: {**of_key(_BLOCK[key]), **schemas[key]} for key in BLOCK_KEYS
        },
        "required": ["layers"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "propertyNames": block_schema(),
        "additionalProperties": pieces.add("block", block),
    }


def override_schema() -> Schema:
    """Return the schema of `override`: names of methods."""
    method: Schema = {
        "enum": list(METHODS),
        "enumDescriptions": [_METHODS[name] for name in METHODS],
    }
    return {
        "anyOf": [
            {"type": "array", "items": method, "uniqueItems": True},
            method,
        ]
    }
