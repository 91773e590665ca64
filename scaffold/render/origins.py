"""Find which line of generated code comes from which entry of the spec.

A module is rendered a second time, with a mark after every statement that comes from an
entry. Black changes the layout but not the syntax, so walking both syntax trees in
parallel finds the line of each mark in the formatted text.
"""

from __future__ import annotations

import ast
import re

from scaffold.ir.types import Origin

Lines = tuple[tuple[int, Origin], ...]
"""Line numbers, from 1, and their origins."""

_MARK = re.compile(r"  # @(\w*):(\d+)$")


def mark(origin: Origin | None) -> str:
    """Return the comment that marks the origin of a line."""
    return "" if origin is None else f"  # @{origin.graph}:{origin.node}"


def origins_of(text: str, marked: str) -> Lines:
    """Find the origin of every line that has one.

    Args:
        text: The formatted text.
        marked: The unformatted text with marks, one statement per line.
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
        # A node of several lines may end on a line whose mark is of an inner node.
        if origin is None or original.lineno != original.end_lineno:
            continue
        last = formatted.end_lineno or formatted.lineno
        for number in range(formatted.lineno, last + 1):
            lines.setdefault(number, origin)
    return tuple(sorted(lines.items()))
