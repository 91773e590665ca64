"""Write the loops of repeats."""

from __future__ import annotations

import ast

from scaffold.ir.types import Node
from scaffold.styles.syntax import call, name, sequence
from scaffold.styles.values import Writer


def loop_header(
    node: Node, writer: Writer, index: str, *, counts: bool
) -> tuple[ast.expr, ast.expr]:
    """Write what follows `for` and what follows `in`.

    Args:
        node: A repeat.
        writer: Writes its values.
        index: The variable for the number of an iteration.
        counts: Whether that number is used.
    """
    number = name(index if counts else "_")
    if node.repeat is not None:
        return number, call("range", writer.value(node.repeat))
    assert node.loop is not None
    names: list[ast.expr] = [name(variable) for variable in node.loop.names]
    iterations = []
    for loop_values in node.loop.iterations:
        items = [writer.value(value) for value in loop_values]
        is_single = len(items) == 1
        iterations.append(items[0] if is_single else sequence(items, as_tuple=True))
    target = names[0] if len(names) == 1 else sequence(names, as_tuple=True)
    values = sequence(iterations, as_tuple=False)
    if not counts:
        return target, values
    return sequence([number, target], as_tuple=True), call("enumerate", values)
