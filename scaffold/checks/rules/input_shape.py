"""KS401: a size that an axis of an input cannot have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.fold import folded
from scaffold.ir.types import Collection, Constant, Input, Object, ParamRef, Value
from scaffold.spec.inputs import without_batch


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
_NONE = ("None", "none", "$None")
"""Strings that are written for an axis of any size."""
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
    batchless = _batchless(shape.items)
    for axis in shape.items:
        if isinstance(axis, Object):
            message = f"an axis cannot have the size `{axis.name}`"
            yield Diagnostic("KS401", message, axis.name_span, _SIZE)
        size = folded(axis, context.defaults)
        if isinstance(size, str):
            message = f"the size {size[:40]!r} is a string"
            help_ = batchless if axis is shape.items[0] else ""
            help_ = help_ or _help(size, context)
            yield Diagnostic("KS401", message, context.span_of(axis), help_)
        elif size is not None and not _is_size(size):
            message = f"an axis cannot have the size {str(size)[:40]}"
            help_ = batchless if axis is shape.items[0] else ""
            yield Diagnostic("KS401", message, context.span_of(axis), help_ or _SIZE)


def _batchless(axes: Sequence[Value]) -> str:
    """Return the help for a shape that starts with the batch axis, or `""`."""
    first, *others = axes if len(axes) > 1 else (None,)
    is_batch = isinstance(first, Constant) and first.value in (-1, *_NONE)
    texts = [_written(axis) for axis in others]
    if not is_batch or not all(texts):
        return ""
    sizes = ", ".join(texts)
    return without_batch(sizes)


def _written(axis: Value) -> str:
    """Return the text of a size in a list, or `""`."""
    if isinstance(axis, ParamRef):
        return f"${axis.name}"
    if not isinstance(axis, Constant) or isinstance(axis.value, bool):
        return ""
    if axis.value is None or axis.value in _NONE:
        return "null"
    return str(axis.value) if _is_size(axis.value) else ""


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
