"""Substitution of values for names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scaffold.diagnostics import Span
from scaffold.ir.fold import ArithmeticFailure, NotConstant, fold, plain
from scaffold.ir.types import Collection, Object, Operation, ParamRef, Value
from scaffold.ir.walk import parts, with_parts

_LONGEST = 8
"""The maximum length of a computed number; longer ones stay `1 / 255`."""


def substituted(value: Value, scope: Mapping[str, Value]) -> Value:
    """Substitute the values of params, and evaluate operations where possible.

    Args:
        value: The value; for an object, its arguments are substituted.
        scope: The values of params; other params stay as they are.
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
    return with_parts(value, lambda part: substituted(part, scope))


def with_loop_values(value: Value, row: Mapping[str, Value]) -> Value:
    """Substitute the values of one iteration for the names of a loop.

    A list or an operation takes the location of the first substituted value, because a
    fault has to be fixed there.
    """
    match value:
        case ParamRef(name=name):
            return row.get(name, value)
        case Object():
            return value
    replaced = with_parts(value, lambda part: with_loop_values(part, row))
    if isinstance(replaced, Collection | Operation):
        return replaced._replace(span=_span(value.span, parts(value), parts(replaced)))
    return replaced


def _span(span: Span, before: Sequence[Value], after: Sequence[Value]) -> Span:
    """Return the location of the first substituted value, or else that of the value."""
    pairs = zip(before, after, strict=True)
    return next((new.span for old, new in pairs if new.span != old.span), span)
