"""Inline examples of a spec, as nested lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def shape_of(rows: object) -> tuple[int, ...] | None:
    """Return the shape of nested lists, `None` if they are ragged."""
    if not isinstance(rows, list):
        return ()
    shapes = {shape_of(row) for row in rows}
    if len(shapes) != 1:
        return None
    inner = shapes.pop()
    return None if inner is None else (len(rows), *inner)


def flat(rows: Any) -> Iterator[Any]:
    """Return all values of nested lists, in order."""
    if isinstance(rows, list):
        for row in rows:
            yield from flat(row)
    else:
        yield rows
