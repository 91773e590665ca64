"""Loops of several statements, turn by turn."""

from __future__ import annotations

import ast
import copy

_MOST = 60
"""The most statements that a loop may come to."""


def unrolled(tree: ast.For) -> list[ast.stmt]:
    """Return the statements of all turns of a loop.

    Returns:
        Them, each with the attribute `turn`; nothing where the values of the loop are
        not known, or where there are loops and conditions inside.
    """
    rows = _rows(tree.iter)
    names = [each.id for each in ast.walk(tree.target) if isinstance(each, ast.Name)]
    if rows is None or len(rows) * len(tree.body) > _MOST:
        return []
    if any(hasattr(each, "body") for each in tree.body):
        return []
    statements: list[ast.stmt] = []
    for turn, row in enumerate(rows):
        values = row if isinstance(tree.target, ast.Tuple) else (row,)
        if not isinstance(values, tuple | list) or len(values) != len(names):
            return []
        put = _Put(dict(zip(names, values, strict=True)))
        for each in tree.body:
            statement = put.visit(copy.deepcopy(each))
            statement.turn = turn
            statements.append(statement)
    return statements


class _Put(ast.NodeTransformer):
    """Puts values in the place of names."""

    def __init__(self, values: dict[str, object]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Replace a name that has a value."""
        if node.id not in self.values or not isinstance(node.ctx, ast.Load):
            return node
        value = ast.parse(repr(self.values[node.id]), mode="eval").body
        return ast.copy_location(value, node)


def _rows(tree: ast.expr) -> list[object] | None:
    """Return the values of a loop, `None` where they are not known."""
    try:
        if not isinstance(tree, ast.Call):
            values = ast.literal_eval(tree)
            return [*values] if isinstance(values, list | tuple) else None
        bounds = [ast.literal_eval(each) for each in tree.args]
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
