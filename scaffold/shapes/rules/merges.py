"""Layers that make one tensor of several."""

from __future__ import annotations

from scaffold.ir.fold import Unknown
from scaffold.shapes.arithmetic import joined
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.types import Call, Gave, axis_of


def _concatenate(call: Call) -> Gave:
    return (joined(call.tensors, call.of("axis")),)


def _dot(call: Call) -> Gave:
    if len(call.tensors) != 2:
        raise Unknown
    left, right = call.tensors
    axes = call.of("axes")
    one, other = axes if isinstance(axes, list | tuple) else (axes, axes)
    gone, also = axis_of(one, left), axis_of(other, right)
    sizes = left[gone], right[also]
    if 0 in (gone, also) or (None not in sizes and len(set(sizes)) > 1):
        raise Unknown
    rest = [size for at, size in enumerate(left) if at != gone]
    more = [size for at, size in enumerate(right) if at not in (0, also)]
    # One number for each example is an axis of one.
    return ((*rest, *more),) if len(rest) + len(more) > 1 else ((*rest, 1),)


MERGES: dict[str, Rule] = {"Concatenate": _concatenate, "Dot": _dot}
"""The rules for merges; those that compute item by item are in the catalogue."""
