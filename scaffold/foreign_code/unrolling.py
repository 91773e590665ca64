"""Unroll loops of several statements."""

from __future__ import annotations

import ast
import copy

_MOST = 60
"""The maximum number of statements after unrolling."""


def unrolled(tree: ast.For) -> list[ast.stmt]:
    """Return the statements of all iterations of a loop.

    Returns:
        The statements, each with the attribute `iteration`; empty if the values of the
        loop are unknown, or if the loop contains compound statements.
    """
    iterations = _iterations(tree.iter)
    names = [node.id for node in ast.walk(tree.target) if isinstance(node, ast.Name)]
    if iterations is None or len(iterations) * len(tree.body) > _MOST:
        return []
    if any(hasattr(statement, "body") for statement in tree.body):
        return []
    statements: list[ast.stmt] = []
    for iteration, value in enumerate(iterations):
        values = value if isinstance(tree.target, ast.Tuple) else (value,)
        if not isinstance(values, tuple | list) or len(values) != len(names):
            return []
        replacer = _NameReplacer(dict(zip(names, values, strict=True)))
        for original in tree.body:
            statement = replacer.visit(copy.deepcopy(original))
            statement.iteration = iteration
            statements.append(statement)
    return statements


class _NameReplacer(ast.NodeTransformer):
    """Replaces names by values."""

    def __init__(self, values: dict[str, object]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Replace a name that has a value."""
        if node.id not in self.values or not isinstance(node.ctx, ast.Load):
            return node
        value = ast.parse(repr(self.values[node.id]), mode="eval").body
        return ast.copy_location(value, node)


def _iterations(tree: ast.expr) -> list[object] | None:
    """Return the values of a loop, `None` if they are unknown."""
    try:
        if not isinstance(tree, ast.Call):
            values = ast.literal_eval(tree)
            return [*values] if isinstance(values, list | tuple) else None
        bounds = [ast.literal_eval(arg) for arg in tree.args]
        name = tree.func.id if isinstance(tree.func, ast.Name) else ""
        if name == "range" and len(range(*bounds)) <= _MOST:
            return [*range(*bounds)]
        if name == "zip":
            return [*zip(*bounds, strict=False)]
        if name == "enumerate" and len(bounds) == 1:
            return [*enumerate(bounds[0])]
    except (TypeError, ValueError):
        pass
    return None
