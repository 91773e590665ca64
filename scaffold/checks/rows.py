"""Rows of values: what an entry is written with in each turn of its loop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scaffold.diagnostics import Span
from scaffold.ir.types import (
    Collection,
    Dictionary,
    Loop,
    Operation,
    ParamRef,
    Value,
)
from scaffold.ir.walk import within

MOST_VALUES = 300_000
"""How many values are put into loops; a hostile file asks for billions."""


class Turns:
    """Goes through the turns of loops, with one bound for all loops of a model."""

    def __init__(self, most: int = MOST_VALUES) -> None:
        """Begins with nothing looked at."""
        self.left = most

    def of(self, value: Value, loop: Loop) -> Iterator[Value]:
        """Gives a value as it is in each turn of a loop.

        What a row puts into it gives it its place: there it is mended.

        Args:
            value: A value that an entry is written with.
            loop: The loop around the entry.
        """
        parts = [*within(value)]
        if not any(is_of(one, loop) for one in parts):
            return
        for row in loop.rows:
            if self.left > 0:
                self.left -= len(parts)
                yield _put(value, dict(zip(loop.names, row, strict=True)))


def is_of(value: Value, loop: Loop) -> bool:
    """Tells whether a value is a name of a loop."""
    return isinstance(value, ParamRef) and value.name in loop.names


def _put(value: Value, row: Mapping[str, Value]) -> Value:
    """Puts the values of a row in the place of their names."""
    match value:
        case ParamRef(name=name) if name in row:
            return row[name]
        case Collection():
            items = tuple(_put(item, row) for item in value.items)
            return value._replace(items=items, span=_place(value, value.items, items))
        case Operation():
            operands = tuple(_put(one, row) for one in value.operands)
            span = _place(value, value.operands, operands)
            return value._replace(operands=operands, span=span)
        case Dictionary():
            pairs = tuple((_put(k, row), _put(one, row)) for k, one in value.pairs)
            return value._replace(pairs=pairs)
    return value


def _place(value: Value, before: Sequence[Value], after: Sequence[Value]) -> Span:
    """Gives the place of what was put in first, or else the value's own."""
    pairs = zip(before, after, strict=True)
    return next((new.span for old, new in pairs if new.span != old.span), value.span)
