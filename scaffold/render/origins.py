"""Which line of generated code comes from which entry of the spec.

A module is laid out a second time, with a mark behind every statement that comes from
an entry. Black changes the layout and not the syntax: walking both syntax trees side
by side finds each mark's place in the formatted text.
"""

from __future__ import annotations

import ast
import re

from scaffold.ir.types import Origin

Lines = tuple[tuple[int, Origin], ...]
"""Line numbers, from 1, and what they come from."""

_MARK = re.compile(r"  # @(\w*):(\d+)$")


def mark(origin: Origin | None) -> str:
    """Write a comment that says where a line comes from."""
    return "" if origin is None else f"  # @{origin.graph}:{origin.node}"


def origins_of(text: str, marked: str) -> Lines:
    """Find the origin of every line that has one.

    Args:
        text: The formatted text.
        marked: The text as it was laid out, with marks, one statement a line.
    """
    marks = {}
    for number, line in enumerate(marked.splitlines(), start=1):
        if match := _MARK.search(line):
            marks[number] = Origin(match[1], int(match[2]))
    lines: dict[int, Origin] = {}
    pairs = zip(ast.walk(ast.parse(text)), ast.walk(ast.parse(marked)), strict=True)
    for formatted, original in pairs:
        if not isinstance(original, ast.stmt | ast.expr):
            continue
        assert isinstance(formatted, ast.stmt | ast.expr)
        origin = marks.get(original.end_lineno or 0)
        # An outer node of several lines ends on its last one: that is no mark of it.
        if origin is None or original.lineno != original.end_lineno:
            continue
        last = formatted.end_lineno or formatted.lineno
        for number in range(formatted.lineno, last + 1):
            lines.setdefault(number, origin)
    return tuple(sorted(lines.items()))
