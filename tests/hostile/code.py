"""What is code in a file, and what is just said in it."""

from __future__ import annotations

import ast
import io
import tokenize


class _Bare(ast.NodeTransformer):
    """Takes out what strings say."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """Makes all strings one."""
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        """Takes docstrings out."""
        is_docstring = isinstance(node.value, ast.Constant)
        return None if is_docstring else ast.Expr(self.visit(node.value))


def skeleton(text: str) -> str:
    """Gives a file's syntax without what its strings and docstrings say."""
    return ast.dump(_Bare().visit(ast.parse(text)))


def identifiers(text: str) -> set[str]:
    """Gives every name of a file: whatever a syntax tree holds as text."""
    result = set()
    for node in ast.walk(ast.parse(text)):
        for _, value in ast.iter_fields(node):
            parts = value if isinstance(value, list) else [value]
            if not isinstance(node, ast.Constant):
                result |= {part for part in parts if isinstance(part, str)}
    return result


def comments(text: str) -> list[str]:
    """Gives the comments of a file, the digest line left out."""
    tokens = tokenize.generate_tokens(io.StringIO(text, newline="\n").readline)
    strings = [token.string for token in tokens if token.type == tokenize.COMMENT]
    digests = [string for string in strings if "; sha256 " in string]
    assert len(digests) == 1
    assert text.count(digests[0]) == 1
    return [string for string in strings if string not in digests]
