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

MOST_VALUES = 100_000
"""How many values are looked at for one loop: a hostile one has more in each turn."""


def turns(value: Value, loop: Loop) -> Iterator[Value]:
    """Gives a value as it is in each turn of a loop, the same ones once.

    What a row puts into it gives it its place: there it is mended.

    Args:
        value: A value that is given for an argument.
        loop: The loop around it.
    """
    size, used = 0, set()
    for one in within(value):
        size += 1
        if isinstance(one, ParamRef) and one.name in loop.names:
            used.add(one.name)
    if not used:
        return
    for row in loop.rows[: max(1, MOST_VALUES // size)]:
        yield _put(value, dict(zip(loop.names, row, strict=True)))


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
