"""KS401: a size that an axis of an input cannot have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.fold import folded
from scaffold.ir.types import Collection, Input, Object, Value


class KS401(Code):
    """An axis of an input has an invalid size.

    What it does:
        Reports sizes that are not positive integers, and shapes that are not lists.
        Params are evaluated with their defaults; `null` is an axis of any size.

    Why:
        A size of 0 creates empty weights. A string is usually a param without its `$`.

    Example:
        params: {features: 4}
        inputs: [features]
        layers:
          - Dense(features)

    Instead:
        params: {features: 4}
        inputs: [$features]
        layers:
          - Dense(features)
    """

    name = "bad-input-shape"


_SHAPE = "a shape is a list of sizes without the batch axis: [28, 28, 1]"
_ANY = 'an axis of any size is `null`, or `"$None"` in TOML'
_SIZE = f"a size is a positive integer; {_ANY}"
LEAST_SIZE = 1
"""The least size of an axis whose size is known."""


@rule(KS401)
def input_shape(context: RuleContext) -> Iterator[Diagnostic]:
    """Report sizes that an axis cannot have."""
    for graph_input in context.graph.inputs:
        if graph_input.shape is not None:
            yield from _shape(graph_input, graph_input.shape, context)


def _shape(
    graph_input: Input, shape: Value, context: RuleContext
) -> Iterator[Diagnostic]:
    if not isinstance(shape, Collection):
        message = f"the shape of `{graph_input.name}` is not a list"
        yield Diagnostic("KS401", message, shape.span, _SHAPE)
        return
    for axis in shape.items:
        if isinstance(axis, Object):
            message = f"an axis cannot have the size `{axis.name}`"
            yield Diagnostic("KS401", message, axis.name_span, _SIZE)
        size = folded(axis, context.defaults)
        if isinstance(size, str):
            message = f"the size {size[:40]!r} is a string"
            yield Diagnostic(
                "KS401", message, context.span_of(axis), _help(size, context)
            )
        elif size is not None and not _is_size(size):
            message = f"an axis cannot have the size {str(size)[:40]}"
            yield Diagnostic("KS401", message, context.span_of(axis), _SIZE)


def _is_size(size: Any) -> bool:
    return isinstance(size, int) and not isinstance(size, bool) and size >= LEAST_SIZE


def _help(size: str, context: RuleContext) -> str:
    if any(param.name == size for param in context.graph.params):
        return f"for the param write `${size}`"
    if size.strip("$").lower() in ("null", "none"):
        return _ANY
    if size.isdecimal():
        return f"write {size} without quotes"
    if size.isidentifier():
        return f"write an integer, or add `params: {{{size}: 8}}` and write `${size}`"
    return _SHAPE
