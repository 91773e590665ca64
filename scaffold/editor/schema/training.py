"""The schema of `compile` and `train`."""

from __future__ import annotations

from scaffold.editor.schema.calls import properties
from scaffold.editor.schema.definitions import Definitions, Schema
from scaffold.editor.schema.patterns import EXPRESSION
from scaffold.editor.schema.texts import of_key
from scaffold.ir.build import DATA_KEYS

_DATA = {
    "x": "The examples: a list, or a mapping of inputs to lists.",
    "y": "The targets, one for each example.",
    "data": "A CSV file (a header, the target last) or an NPZ file with `x` and `y`.",
    "predict": "Inputs for which the script prints predictions after training.",
}


def compile_schema(pieces: Definitions) -> Schema:
    """Return the schema of `compile`: the arguments of `Model.compile`."""
    target = pieces.catalogue.find("methods", "compile")
    assert target is not None
    return {
        "type": "object",
        "properties": properties(pieces, target, target.arguments),
        "additionalProperties": False,
    }


def train_schema(pieces: Definitions) -> Schema:
    """Return the schema of `train`: data, and the arguments of `Model.fit`."""
    target = pieces.catalogue.find("methods", "fit")
    assert target is not None
    values: Schema = {
        "type": ["array", "object", "string"],
        "minItems": 1,
        "additionalProperties": True,
        "pattern": EXPRESSION,
        "patternErrorMessage": "Expected a list, or an expression: $name.",
    }
    file: Schema = {
        "type": "string",
        "pattern": r"\.([cC][sS][vV]|[nN][pP][zZ])$",
        "patternErrorMessage": "Expected a CSV or an NPZ file.",
    }
    data = {
        key: {**of_key(_DATA[key]), **(file if key == "data" else values)}
        for key in DATA_KEYS
    }
    more = {"additionalProperties": True}
    return {
        "type": "object",
        "properties": data | properties(pieces, target, target.arguments),
        "additionalProperties": False,
        "if": {"required": ["data"], **more},
        "then": {"properties": {"x": False, "y": False}, **more},
        "else": {"required": ["x", "y"], **more},
    }
