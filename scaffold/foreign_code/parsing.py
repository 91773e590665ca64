"""Parse text that may or may not be Python."""

from __future__ import annotations

import ast
import warnings


def statements(text: str) -> list[ast.stmt]:
    """Return the statements of a text; empty if it is not Python."""
    with warnings.catch_warnings():
        # Such as for an unknown escape, which is reported elsewhere.
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return []


def expression(text: str) -> ast.expr | None:
    """Return the expression in a text, `None` if the text is not one expression."""
    match statements(text):
        case [ast.Expr(value=value)]:
            return value
    return None
