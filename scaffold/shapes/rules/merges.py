"""Layers that make one tensor of several."""

from __future__ import annotations

from scaffold.catalogue.facts import examples
from scaffold.ir.fold import NotConstant
from scaffold.shapes.arithmetic import differ, joined
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.types import CallShapes, Gave, Misfit, Shape, axis_of, written


def _concatenate(call: CallShapes) -> Gave:
    return (joined(call.tensors, call.of("axis")),)


def _dot(call: CallShapes) -> Gave:
    if len(call.tensors) != 2:
        raise NotConstant
    left, right = call.tensors
    axes = call.of("axes")
    axis, other = axes if isinstance(axes, list | tuple) else (axes, axes)
    if min(len(left), len(right)) < 2:
        raise NotConstant
    gone, also = axis_of(axis, left), axis_of(other, right)
    if 0 in (gone, also):
        raise Misfit("works on axis 0, the batch's", "`axes` count from 1, or from -1")
    if differ(left[gone], right[also]):
        says = f"multiplies axis {gone} of {written(left)} with axis {also} of "
        says += f"{written(right)}, and their sizes differ"
        raise Misfit(says, _pairs(left, right), shape=right)
    rest = [size for at, size in enumerate(left) if at != gone]
    more = [size for at, size in enumerate(right) if at not in (0, also)]
    # One number for each example is an axis of one.
    return ((*rest, *more),) if len(rest) + len(more) > 1 else ((*rest, 1),)


def _pairs(left: Shape, right: Shape) -> str:
    """Describe which axes would go together, if any do."""
    for axis in range(1, len(left)):
        for other in range(1, len(right)):
            if left[axis] is not None and left[axis] == right[other]:
                return f"`axes=({axis}, {other})` are of one size"
    return f"bring them to one size first, with `{examples.DENSE}` for example"


MERGES: dict[str, Rule] = {"concatenate": _concatenate, "dot": _dot}
"""The rules for merges; those that compute item by item are in the data."""
