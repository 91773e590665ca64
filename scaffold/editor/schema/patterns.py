"""Regular expressions for the strings and names of a spec, for JSON Schema."""

from __future__ import annotations

from keyword import kwlist

from scaffold.checks.rules.bad_name import IDENTIFIER
from scaffold.editor.schema.definitions import Schema
from scaffold.spec.limits import LONGEST_NAME, LONGEST_PARAM

EXPRESSION = r"^\$(?!\$)."
"""An expression: `$units`, `$(filters * 4)`."""

CALL = r"^\s*[A-Z]\w*\s*\([\s\S]*\)\s*$"
"""A call in a string: `Adam(learning_rate=1e-3)`."""

CAMEL_CASE = "^[A-Z][A-Za-z0-9_]*$"
"""A key that is a call: a layer, another Keras object, a block, an import."""

_KEYWORDS = "|".join(kwlist)
_NO_KEYWORD = rf"(?!(?:{_KEYWORDS})$)"
_NAME = IDENTIFIER.pattern

REFERENCE = r"^\s*[A-Za-z_]\w*\s*(?:\[\s*\d+\s*\]\s*)?$"
"""The result of an entry, or one of several results: `memory`, `memory[0]`."""

_LETTER = r"A-Za-z_\u0080-\uFFFF"
ARGUMENT = rf"^{_NO_KEYWORD}[{_LETTER}][{_LETTER}0-9]*$"
"""The keyword of an argument."""

_PART = rf"(?:(?!(?:{_KEYWORDS})(?:[.:]|$))[A-Za-z_][A-Za-z0-9_]*)"

IMPORT_PATH = rf"^(?!__){_PART}(?:\.{_PART})*:{_PART}$"
"""The location of an import: `package.module:Class`."""


def name_schema(longest: int = LONGEST_NAME) -> Schema:
    """Return the schema of a name in the generated code."""
    return {
        "type": "string",
        "pattern": f"^{_NO_KEYWORD}{_NAME}$",
        "maxLength": longest,
        "patternErrorMessage": "A name has letters, digits and _, starts with a "
        "letter, and is not a Python keyword.",
    }


def parameter_schema(longest: int = LONGEST_PARAM) -> Schema:
    """Return the schema of the name of a function parameter."""
    return {
        "type": "string",
        "pattern": rf"^(?!l$){_NO_KEYWORD}[a-z][a-z0-9_]*$",
        "maxLength": longest,
        "patternErrorMessage": "The name of a param is in snake_case, and is not a "
        "Python keyword.",
    }


def block_schema() -> Schema:
    """Return the schema of the name of a block; its function has it in lower case."""
    lower_case = [keyword for keyword in kwlist if keyword.islower()]
    functions = "|".join(
        name for keyword in lower_case for name in (keyword.title(), keyword.upper())
    )
    return {
        "pattern": rf"^{_NO_KEYWORD}(?!(?:{functions})$)[A-Z][A-Za-z0-9]*$",
        "maxLength": LONGEST_NAME,
        "patternErrorMessage": "The name of a block is in CamelCase.",
    }
