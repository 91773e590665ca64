"""Values with others put in the place of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scaffold.diagnostics import Span
from scaffold.ir.fold import ArithmeticFailure, NotConstant, fold, plain
from scaffold.ir.types import Collection, Object, Operation, ParamRef, Value
from scaffold.ir.walk import parts, with_parts

_LONGEST = 8
"""So long a number may be; else the sum that it comes of says more: `1 / 255`."""


def settled(value: Value, scope: Mapping[str, Value]) -> Value:
    """Put in what params come to, and work out what can be.

    Args:
        value: The value. Where it is an object, that goes for its arguments.
        scope: The values of params; others stay as they are.
    """
    match value:
        case ParamRef(name=name):
            return scope.get(name, value)
        case Operation():
            try:
                result = fold(value, scope)
                if len(str(result)) <= _LONGEST:
                    return plain(result, value.span)
            except (NotConstant, ArithmeticFailure):
                pass
    return with_parts(value, lambda part: settled(part, scope))


def put(value: Value, row: Mapping[str, Value]) -> Value:
    """Put the values of a row in the place of their names.

    What is put into a list or an operation gives it its place: there it is mended.
    """
    match value:
        case ParamRef(name=name):
            return row.get(name, value)
        case Object():
            return value
    after = with_parts(value, lambda part: put(part, row))
    if isinstance(after, Collection | Operation):
        return after._replace(span=_place(value.span, parts(value), parts(after)))
    return after


def _place(span: Span, before: Sequence[Value], after: Sequence[Value]) -> Span:
    """Return the place of what was put in first, or else the value's own."""
    pairs = zip(before, after, strict=True)
    return next((new.span for old, new in pairs if new.span != old.span), span)
