"""What strings and names of a spec look like, as regular expressions of JSON Schema."""

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
"""What an entry gives, or one of several things: `memory`, `memory[0]`."""

_LETTER = r"A-Za-z_\u0080-\uFFFF"
ARGUMENT = rf"^{_NO_KEYWORD}[{_LETTER}][{_LETTER}0-9]*$"
"""What may be the keyword of an argument."""

_PART = rf"(?:(?!(?:{_KEYWORDS})(?:[.:]|$))[A-Za-z_][A-Za-z0-9_]*)"

PLACE = rf"^(?!__){_PART}(?:\.{_PART})*:{_PART}$"
"""Where an import is from: `package.module:Class`."""


def name_schema(longest: int = LONGEST_NAME) -> Schema:
    """Return the schema of a name that something of the generated code has."""
    return {
        "type": "string",
        "pattern": f"^{_NO_KEYWORD}{_NAME}$",
        "maxLength": longest,
        "patternErrorMessage": "A name has letters, digits and _, begins with a "
        "letter, and is no keyword of Python.",
    }


def parameter_schema(longest: int = LONGEST_PARAM) -> Schema:
    """Return the schema of a name that a parameter of a function has."""
    return {
        "type": "string",
        "pattern": rf"^(?!l$){_NO_KEYWORD}[a-z][a-z0-9_]*$",
        "maxLength": longest,
        "patternErrorMessage": "A param's name is in snake_case, and no keyword of "
        "Python.",
    }


def block_schema() -> Schema:
    """Return the schema of a block's name; its function has it in small letters."""
    small = [word for word in kwlist if word.islower()]
    functions = "|".join(
        form for word in small for form in (word.title(), word.upper())
    )
    return {
        "pattern": rf"^{_NO_KEYWORD}(?!(?:{functions})$)[A-Z][A-Za-z0-9]*$",
        "maxLength": LONGEST_NAME,
        "patternErrorMessage": "A block's name is in CamelCase.",
    }
