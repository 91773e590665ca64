"""Add comments with the output shape of each line of a model."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from scaffold.ir.types import Origin
from scaffold.render.origins import Lines

_WIDEST = 88


def with_shapes(text: str, lines: Lines, shapes: Mapping[Origin, str]) -> str:
    """Add the output shape of each entry after the line that calls it.

    If the comment does not fit on the line, or the statement spans several lines, which
    Black would otherwise break again, the comment is above the statement. The shape of
    a choice is on the line of its `if`, as the sides may have different shapes.

    Args:
        text: The formatted text of a module.
        lines: Which lines come from which entries.
        shapes: The output shapes of entries, as text: `(None, 26, 26, 64)`.
    """
    written = text.splitlines()
    for first, last, origin in sorted(_calls(text, lines), reverse=True):
        if origin not in shapes:
            continue
        comment = f"# {shapes[origin]}"
        code = written[last - 1]
        if first == last and len(code) + 2 + len(comment) <= _WIDEST:
            written[last - 1] = f"{code}  {comment}"
            continue
        indent = " " * (len(written[first - 1]) - len(written[first - 1].lstrip()))
        if len(indent) + len(comment) <= _WIDEST:
            written.insert(first - 1, f"{indent}{comment}")
    return "\n".join(written) + "\n"


def _calls(text: str, lines: Lines) -> Iterator[tuple[int, int, Origin]]:
    """Yield the first and the last line of the call of each entry.

    A layer is created before it is called, so the call is on the last lines of an
    entry, in every function except `__init__`, which only creates layers.
    """
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef) or function.name == "__init__":
            continue
        end = function.end_lineno or function.lineno
        last_lines: dict[Origin, int] = {}
        for number, origin in lines:
            if function.lineno <= number <= end:
                last_lines[origin] = number
        firsts, conditions = _firsts(function), _conditions(function)
        by_line = {
            conditions.get(last, last): (
                conditions.get(last) or firsts.get(last),
                origin,
            )
            for origin, last in sorted(last_lines.items(), key=lambda item: item[1])
        }
        for last, (first, origin) in by_line.items():
            yield first or last, last, origin


def _conditions(function: ast.FunctionDef) -> dict[int, int]:
    """Return the line of the `if` of every line in one."""
    return {
        number: node.lineno
        for node in ast.walk(function)
        if isinstance(node, ast.If)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def _firsts(function: ast.FunctionDef) -> dict[int, int]:
    """Return the first line of every statement, or list item, by its last line."""
    first_lines = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.Return):
            first_lines[node.end_lineno or node.lineno] = node.lineno
    for node in ast.walk(function):
        if isinstance(node, ast.List):
            for item in node.elts:
                first_lines.setdefault(item.end_lineno or item.lineno, item.lineno)
    return first_lines
