"""Values with their params put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scaffold.diagnostics import Span
from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import (
    Bound,
    Collection,
    Constant,
    Dictionary,
    Object,
    Operation,
    Parameter,
    ParamRef,
    Value,
)

_LONGEST = 8
"""So long a number may be; else the sum that it comes of says more: `1 / 255`."""


def settled(value: Value, scope: Mapping[str, Value]) -> Value:
    """Puts in what params come to, and works out what can be.

    Args:
        value: The value. Where it is an object, that goes for its arguments.
        scope: The values of params; others stay as they are.
    """
    match value:
        case ParamRef(name=name):
            return scope.get(name, value)
        case Collection():
            return value._replace(
                items=tuple(settled(one, scope) for one in value.items)
            )
        case Dictionary():
            pairs = [(settled(k, scope), settled(v, scope)) for k, v in value.pairs]
            return value._replace(pairs=tuple(pairs))
        case Operation():
            return _operation(value, scope)
        case Object():
            return value._replace(
                arguments=tuple(_bound(one, scope) for one in value.arguments)
            )
    return value


def scope_of(
    params: Sequence[Parameter], given: Mapping[str, Value], around: Mapping[str, Value]
) -> dict[str, Value]:
    """Gives what the params of a graph come to; what cannot be said is left out.

    Args:
        params: The params.
        given: What they are given.
        around: The scope in which that is said.
    """
    found = {}
    for param in params:
        value = given.get(param.name, param.default)
        if value is None:
            continue
        try:
            come_to = fold(value, around if param.name in given else {})
        except (Unknown, Impossible):
            continue
        found[param.name] = plain(come_to, value.span)
    return found


def plain(value: Any, span: Span) -> Value:
    """Makes a value of the IR of a Python value, wherever it is from."""
    if isinstance(value, list | tuple):
        return Collection(tuple(plain(one, span) for one in value), span)
    if isinstance(value, dict):
        pairs = [(plain(k, span), plain(v, span)) for k, v in value.items()]
        return Dictionary(tuple(pairs), span)
    return Constant(value, span)


def _operation(value: Operation, scope: Mapping[str, Value]) -> Value:
    try:
        come_to = fold(value, scope)
        if len(str(come_to)) <= _LONGEST:
            return plain(come_to, value.span)
    except (Unknown, Impossible):
        pass
    operands = tuple(settled(one, scope) for one in value.operands)
    return value._replace(operands=operands)


def _bound(bound: Bound, scope: Mapping[str, Value]) -> Bound:
    return bound._replace(value=settled(bound.value, scope))
