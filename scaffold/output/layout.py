"""Compare Python files without their layout, which differs between Black versions."""

from __future__ import annotations

import ast
import io
import tokenize
from inspect import cleandoc

from scaffold.output.digest import without_digest


def differs_in_layout(source: str, other: str) -> bool:
    """Return whether two Python files differ only in their layout.

    Args:
        source: The text of a file; its digest is ignored.
        other: The text of the other file.
    """
    texts = without_digest(source), without_digest(other)
    try:
        first, second = (_program(text) for text in texts)
    except (SyntaxError, ValueError, RecursionError, tokenize.TokenError):
        return False
    return texts[0] != texts[1] and first == second


def _program(text: str) -> tuple[str, list[str]]:
    """Return what layout does not change: the syntax tree and the comments."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        # Black reindents docstrings, and strips blanks at the ends of their lines.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            if isinstance(node.value.value, str):
                lines = cleandoc(node.value.value).splitlines()
                node.value.value = "\n".join(map(str.rstrip, lines)).strip()
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return ast.dump(tree), comments
