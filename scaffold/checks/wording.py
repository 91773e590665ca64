"""Descriptions of arguments and values for messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from scaffold.catalogue import Argument, KerasCallable, Kind, Registry
from scaffold.catalogue.facts.examples import BY_KIND
from scaffold.diagnostics import Span, suggest
from scaffold.ir.types import Object

NOUNS: dict[Kind, str] = {
    "integer": "an integer",
    "float": "a number",
    "boolean": "a boolean",
    "string": "a string",
    "shape": "a list of sizes",
    "tuple": "a tuple",
    "list": "a list",
    "dict": "a mapping",
    "tensor": "a tensor",
    "dtype": "a dtype",
    "activation": "an activation",
    "initializer": "an initializer",
    "regularizer": "a regularizer",
    "constraint": "a constraint",
    "layer": "a layer",
    "layers": "a list of layers",
    "loss": "a loss",
    "metric": "a metric",
    "optimizer": "an optimizer",
    "schedule": "a learning-rate schedule",
    "callback": "a callback",
}
FAMILIES: dict[Registry, str] = {
    "activations": "an activation",
    "layers": "a layer",
    "initializers": "an initializer",
    "regularizers": "a regularizer",
    "constraints": "a constraint",
    "losses": "a loss",
    "metrics": "a metric",
    "optimizers": "an optimizer",
    "schedules": "a learning-rate schedule",
    "callbacks": "a callback",
}

MOST_NAMES = 400
"""The most names of a spec that an unknown name is compared with."""

_MOST_UNKNOWN = 20
"""The most unknown names that are compared with unused names."""


def intended_names(unknown: Iterable[str], unused: Sequence[str]) -> set[str]:
    """Return the unused names that unknown names probably mean."""
    names = sorted(unknown)[:_MOST_UNKNOWN] if unused else []
    return {near for name in names for near in suggest(name, unused[:MOST_NAMES])}


def split_at_comma(text: str) -> str:
    """Return the help for a call that YAML has split at a comma, or `""`."""
    if text.count("(") > text.count(")"):
        return "YAML has split this at a comma: put quotes around the whole entry"
    return ""


def bare(noun: str) -> str:
    """Return a noun without its article."""
    return noun.removeprefix("an ").removeprefix("a ")


def allowed_values(argument: Argument) -> str:
    """Describe the allowed values of an argument.

    For example: "an integer or a tuple of 2 integers".
    """
    options = [NOUNS[kind] for kind in argument.kinds if kind in NOUNS]
    if argument.rank is not None and "a tuple" in options:
        whole = "integer" in argument.kinds and "float" not in argument.kinds
        items = "integers" if whole else "numbers"
        options[options.index("a tuple")] = f"a tuple of {argument.rank} {items}"
    options += [repr(choice) for choice in argument.choices[:6]]
    if argument.nullable:
        options.append("`None`")
    *first, last = dict.fromkeys(options or ["another value"])
    return f"{', '.join(first)} or {last}" if first else last


def example(argument: Argument, target: KerasCallable) -> str:
    """Return an example value of an argument, `""` if none is known."""
    if not argument.required and argument.default is not None:
        return _written(argument.default)
    if target.example is not None and argument.name in target.example.arguments:
        return _written(target.example.arguments[argument.name])
    if argument.choices:
        return _written(argument.choices[0])
    return next((BY_KIND[kind] for kind in argument.kinds if kind in BY_KIND), "")


def _written(value: Any) -> str:
    """Write plain data; `{"Dense": {"units": 2}}` is a call, a list a tuple."""
    if isinstance(value, (list, tuple)):
        items = ", ".join(map(_written, value))
        return f"({items},)" if len(value) == 1 else f"({items})"
    if isinstance(value, str):
        return f'"{value}"'
    if not isinstance(value, dict):
        return repr(value)
    name, inner = next(iter(value.items()), ("", None))
    if not name[:1].isupper():
        return repr(value)
    listed = [f"{key}={_written(item)}" for key, item in (inner or {}).items()]
    return f"{name}({', '.join(listed)})"


def shown(value: Any) -> str:
    """Describe a value: "the string 'same'"."""
    match value:
        case Object():
            return f"`{value.name}`"
        case None:
            return "`None`"
        case bool():
            return f"the boolean {value}"
        case int():
            return f"the integer {_short(value)}"
        case float():
            return f"the number {value}"
        case str():
            return f"the string {value[:40]!r}"
        case list():
            return _list(value)
    return "a mapping"


def _list(items: list[Any]) -> str:
    text = f"a list of {len(items)} item{'s' * (len(items) != 1)}"
    others = [
        item for item in items if not isinstance(item, int) or isinstance(item, bool)
    ]
    if not others or all(isinstance(item, list) for item in others):
        return text
    return f"{text} that contains {shown(others[0])}"


def _short(number: int) -> str:
    # Python refuses to convert integers of more than 4,300 digits to strings.
    return str(number) if abs(number) < 10**20 else "with more than 20 digits"


def for_param(text: str, span: Span) -> str:
    """Describe how to write a param for a string that is its name.

    Args:
        text: The string, a name or an expression.
        span: Where it is. In line notation, a string has quotes.
    """
    is_bare = span.line == span.end_line and span.end_column - span.column == len(text)
    text = re.sub(r"\$?\{+\s*(.*?)\s*\}+", r"\1", text)
    keyed = f"${text}" if text.isidentifier() else f"$({text})"
    if is_bare:
        return f"for a param write `{keyed}`"
    return f"for a param write `{text}` without quotes, or `{keyed}` in a mapping"
