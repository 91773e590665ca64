"""The schema of findings in JSON: the output of `check --format json`."""

from __future__ import annotations

from typing import get_args

from scaffold.diagnostics import Severity
from scaffold.diagnostics.report import FIELDS
from scaffold.editor.schema.definitions import Schema
from scaffold.editor.schema.metadata import head
from scaffold.editor.schema.texts import of_key
from scaffold.pages import CODES

_TEXTS = {
    "code": "The code of the finding; `keras-scaffold explain CODE` describes it.",
    "severity": "An error prevents the writing of code, a warning does not.",
    "message": "What is wrong, in one sentence without a full stop.",
    "help": "How to fix it.",
    "path": "The file, as named on the command line; `-` for standard input.",
    "line": "The line where it starts, from 1; 0 for the file as a whole.",
    "column": "The column where it starts, from 1; 0 for the file as a whole.",
    "end_line": "The line where it ends.",
    "end_column": "The column after its last character.",
}


def findings_schema() -> Schema:
    """Return the schema of the output of `--format json`: a list of findings.

    Returns:
        Plain data for a JSON file, in the same order each time.
    """
    schemas: dict[str, Schema] = {
        "code": {
            "enum": list(CODES),
            "enumDescriptions": [page.summary for page in CODES.values()],
        },
        "severity": {"enum": list(get_args(Severity))},
        **dict.fromkeys(("message", "help", "path"), {"type": "string"}),
    }
    number: Schema = {"type": "integer", "minimum": 0}
    return {
        **head(),
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                key: {**of_key(_TEXTS[key]), **schemas.get(key, number)}
                for key in FIELDS
            },
            "required": list(FIELDS),
            "additionalProperties": False,
        },
    }
