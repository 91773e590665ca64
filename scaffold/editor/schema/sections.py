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
from scaffold.spec.params import PARAM_KEYS

_BLOCK = {
    "description": "Describes the block; its first sentence starts the docstring.",
    "params": "Its params: a mapping of names to defaults, or a list in which a name "
    "without a default is required. `{default, description}` describes a param.",
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


_PARAM = {
    "default": "The default of the param: a number, a string, a boolean, `null` or a "
    "list.",
    "description": "What the param sets, for the docstrings of the generated code.",
}
_PARAM_TEXT = "A default, or `{default, description}`."
_PARAM_OF_BLOCK = f"{_PARAM_TEXT} Without `default`, the param is required."


def params_schema(pieces: Definitions, *, of_block: bool = False) -> Schema:
    """Return the schema of `params`: names, each with a default or its long form."""
    name = "block_param" if of_block else "param"
    return {
        "type": "object",
        "propertyNames": parameter_schema(),
        "additionalProperties": pieces.once(name, lambda: _param(of_block)),
    }


def _param(of_block: bool) -> Schema:
    """Return the schema of a param: a plain default, or the long form."""
    plain = default_schema()
    schemas: dict[str, Schema] = {
        "default": plain,
        "description": {
            "type": "string",
            "pattern": r"\S",
            "patternErrorMessage": "Write what the param sets.",
        },
    }
    keys = {key: {**of_key(_PARAM[key]), **schemas[key]} for key in PARAM_KEYS}
    needs: Schema = {"minProperties": 1} if of_block else {"required": ["default"]}
    return {
        **of_key(_PARAM_OF_BLOCK if of_block else _PARAM_TEXT),
        **plain,
        "type": [*plain["type"], "object"],
        "properties": keys,
        **needs,
        "additionalProperties": False,
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
    params = params_schema(pieces, of_block=True)
    schemas: dict[str, Schema] = {
        "description": {"type": "string"},
        "params": {
            **params,
            "type": ["object", "array"],
            "items": {
                **params,
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
