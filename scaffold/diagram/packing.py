"""Arrange groups side by side: the model first, then its blocks."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.diagram.layout import Point, Size
from scaffold.diagram.types import Direction

_GAP = 36


def pack(sizes: Sequence[Size], direction: Direction) -> tuple[Size, tuple[Point, ...]]:
    """Arrange groups in columns that are about as long as the first group.

    Args:
        sizes: The sizes of the groups, starting with the model.
        direction: The direction of the data flow; for `right`, groups are in rows.

    Returns:
        The total size, and the upper left corner of each group.
    """
    if direction == "right":
        total, corners = pack([Size(h, w) for w, h in sizes], "down")
        return Size(total.height, total.width), tuple((y, x) for x, y in corners)
    longest = max(size.height for size in sizes)
    positions: list[Point] = []
    left = top = widest = 0.0
    for number, size in enumerate(sizes):
        if number and (number == 1 or top + size.height > longest):
            left, top, widest = left + widest + _GAP, 0.0, 0.0
        positions.append((left, top))
        top += size.height + _GAP
        widest = max(widest, size.width)
    return Size(left + widest, longest), tuple(positions)
