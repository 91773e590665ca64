"""Layers that merge several tensors into one."""

from __future__ import annotations

from scaffold.catalogue.facts import examples
from scaffold.ir.fold import NotConstant
from scaffold.shapes.arithmetic import differ, joined
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.types import (
    CallShapes,
    Misfit,
    OutputShapes,
    Shape,
    axis_of,
    written,
)


def _concatenate(call: CallShapes) -> OutputShapes:
    return (joined(call.tensors, call.of("axis")),)


def _dot(call: CallShapes) -> OutputShapes:
    if len(call.tensors) != 2:
        raise NotConstant
    left, right = call.tensors
    axes = call.of("axes")
    axis, other = axes if isinstance(axes, list | tuple) else (axes, axes)
    if min(len(left), len(right)) < 2:
        raise NotConstant
    left_axis, right_axis = axis_of(axis, left), axis_of(other, right)
    if 0 in (left_axis, right_axis):
        help_ = "count `axes` from 1, or from the end with -1"
        raise Misfit("uses axis 0, the batch axis", help_)
    if differ(left[left_axis], right[right_axis]):
        message = f"cannot multiply axis {left_axis} of {written(left)} with axis "
        message += f"{right_axis} of {written(right)}: their sizes differ"
        raise Misfit(message, _pairs(left, right), shape=right)
    first = [size for at, size in enumerate(left) if at != left_axis]
    second = [size for at, size in enumerate(right) if at not in (0, right_axis)]
    # Keras keeps an axis of size 1 if the result is one number per example.
    return ((*first, *second),) if len(first) + len(second) > 1 else ((*first, 1),)


def _pairs(left: Shape, right: Shape) -> str:
    """Return the help for axes that do not fit; it names a pair that does, if any."""
    for axis in range(1, len(left)):
        for other in range(1, len(right)):
            if left[axis] is not None and left[axis] == right[other]:
                return f"use `axes=({axis}, {other})`, which have the same size"
    return f"project them to the same size first, for example with `{examples.DENSE}`"


MERGES: dict[str, Rule] = {"concatenate": _concatenate, "dot": _dot}
"""The rules for merges; element-wise merges are declared in the catalogue."""
