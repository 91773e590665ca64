"""The schema of the sections of a spec, and of a block."""

from __future__ import annotations

from scaffold.checks.rules.input_shape import LEAST_SIZE
from scaffold.editor.schema.calls import properties
from scaffold.editor.schema.definitions import Definitions, Schema, reference
from scaffold.editor.schema.patterns import (
    EXPRESSION,
    IMPORT_PATH,
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
    "description": "Describes the block; its first sentence starts the docstring.",
    "params": "Its params: a mapping of names to defaults, or a list in which a name "
    "without a default is required.",
    "inputs": "The names of its inputs; by default one input, `inputs`.",
    "layers": "Its entries, each called on the one before it.",
    "outputs": "Its outputs: the name of an entry, a list of names, or a mapping; by "
    "default the last entry.",
}
_METHODS = {
    "train_step": "The step of `fit` for one batch.",
    "test_step": "The step of `evaluate` for one batch.",
    "predict_step": "The step of `predict` for one batch.",
    "compute_loss": "Computes the loss that is minimized.",
    "compute_metrics": "Computes the metrics that are shown.",
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
    text = "The sizes of all axes except the batch axis; `null` is an axis of any size."
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
    """Return the schema of `imports`: names and locations."""
    location = {
        **of_key("The location of the layer: `package.module:Class`."),
        "type": "string",
        "pattern": IMPORT_PATH,
        "patternErrorMessage": "Write package.module:Class.",
    }
    return {
        "type": "object",
        "propertyNames": name_schema(),
        "additionalProperties": location,
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
    """Return the rule for the keys of several outputs, which name losses (KS225)."""
    return {
        "if": {"type": "object", "minProperties": 2, "additionalProperties": True},
        "then": {
            "additionalProperties": True,
            "propertyNames": {
                "pattern": "^[A-Za-z0-9_./>-]+$",
                "patternErrorMessage": "With several outputs, a key can only have "
                "ASCII letters, digits, and _ . - / >.",
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
