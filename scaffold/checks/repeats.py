"""Rows of values: what an entry is written with in each turn of its loop."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.ir.substitution import put
from scaffold.ir.types import Loop, ParamRef, Value
from scaffold.ir.walk import within

MOST_VALUES = 300_000
"""How many values are put into loops; a hostile file asks for billions."""


class Iterations:
    """Goes through the turns of loops, with one bound for all loops of a model."""

    def __init__(self, most: int = MOST_VALUES) -> None:
        """Begin with nothing looked at."""
        self.left = most

    def of(self, value: Value, loop: Loop) -> Iterator[Value]:
        """Return a value as it is in each turn of a loop.

        What a row puts into it gives it its place: there it is mended.

        Args:
            value: A value that an entry is written with.
            loop: The loop around the entry.
        """
        parts = [*within(value)]
        if not any(is_of(part, loop) for part in parts):
            return
        for row in loop.rows:
            if self.left > 0:
                self.left -= len(parts)
                yield put(value, dict(zip(loop.names, row, strict=True)))


def is_of(value: Value, loop: Loop) -> bool:
    """Return whether a value is a name of a loop."""
    return isinstance(value, ParamRef) and value.name in loop.names
