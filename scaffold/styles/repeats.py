"""Rows of layers: what a loop runs over."""

from __future__ import annotations

import ast

from scaffold.ir.types import Node
from scaffold.styles.syntax import call, name, sequence
from scaffold.styles.values import Writer


def turns(
    node: Node, writer: Writer, index: str, *, counts: bool
) -> tuple[ast.expr, ast.expr]:
    """Write what stands behind `for` and behind `in`.

    Args:
        node: A node that is called several times in a row.
        writer: Writes its values.
        index: What to call the number of a turn.
        counts: Whether that number is used.
    """
    number = name(index if counts else "_")
    if node.repeat is not None:
        return number, call("range", writer.value(node.repeat))
    assert node.loop is not None
    names: list[ast.expr] = [name(variable) for variable in node.loop.names]
    rows = []
    for row in node.loop.rows:
        items = [writer.value(value) for value in row]
        rows.append(items[0] if len(items) == 1 else sequence(items, as_tuple=True))
    target = names[0] if len(names) == 1 else sequence(names, as_tuple=True)
    values = sequence(rows, as_tuple=True)
    if not counts:
        return target, values
    return sequence([number, target], as_tuple=True), call("enumerate", values)
