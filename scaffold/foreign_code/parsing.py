"""Text to Python's syntax trees, where it may be anything."""

from __future__ import annotations

import ast
import warnings


def statements(text: str) -> list[ast.stmt]:
    """Return the statements of a text; none where it is no Python."""
    with warnings.catch_warnings():
        # Such as an unknown escape: what is wrong with it is told elsewhere.
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return []


def expression(text: str) -> ast.expr | None:
    """Return the expression that a text is, `None` where it is none."""
    match statements(text):
        case [ast.Expr(value=value)]:
            return value
    return None
