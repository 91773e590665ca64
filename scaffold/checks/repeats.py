"""The values of an entry in each iteration of its loop."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.ir.substitution import with_loop_values
from scaffold.ir.types import Loop, ParamRef, Value
from scaffold.ir.walk import within

MOST_VALUES = 300_000
"""The most values that are substituted in loops: a hostile file needs billions."""


class Iterations:
    """Iterates over loops, with one limit for all loops of a model."""

    def __init__(self, most: int = MOST_VALUES) -> None:
        """Start with the whole limit.

        Args:
            most: The most values that are substituted.
        """
        self.left = most

    def of(self, value: Value, loop: Loop) -> Iterator[Value]:
        """Return a value as it is in each iteration of a loop.

        Its span is that of the substituted value, which is what has to be fixed.

        Args:
            value: A value of an entry.
            loop: The loop around the entry.
        """
        parts = [*within(value)]
        if not any(is_of(part, loop) for part in parts):
            return
        for row in loop.iterations:
            if self.left > 0:
                self.left -= len(parts)
                yield with_loop_values(value, dict(zip(loop.names, row, strict=True)))


def is_of(value: Value, loop: Loop) -> bool:
    """Return whether a value is a variable of a loop."""
    return isinstance(value, ParamRef) and value.name in loop.names
