"""Functions of `keras.ops`."""

from __future__ import annotations

from scaffold.catalogue.facts import examples
from scaffold.ir.fold import NotConstant
from scaffold.shapes.arithmetic import differ, joined, reduced
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.rules.windows import moved
from scaffold.shapes.types import (
    CallShapes,
    Gave,
    Misfit,
    axis_of,
    checked,
    ranked,
    written,
)


def _expand(call: CallShapes, size: int = 1) -> Gave:
    axis = checked(call.of("axis"))
    place = axis_of(axis, (*call.shape, size))
    return ((*call.shape[:place], size, *call.shape[place:]),)


def _squeeze(call: CallShapes) -> Gave:
    axis = axis_of(call.of("axis"), call.shape)
    if call.shape[axis] is None:
        raise NotConstant
    if call.shape[axis] != 1:
        says = (
            f"drops axis {axis} of {written(call.shape)}, which has more than one item"
        )
        raise Misfit(
            says, "only an axis of 1 can be dropped; `ops.take` takes one item"
        )
    return (reduced(call.shape, axis, keepdims=False),)


def _take(call: CallShapes) -> Gave:
    """Return one item of an axis."""
    checked(call.of("indices"))
    return (reduced(call.shape, call.of("axis"), keepdims=False),)


def _split(call: CallShapes) -> Gave:
    axis = axis_of(call.of("axis"), call.shape)
    size = call.shape[axis]
    if size is None:
        raise NotConstant
    sections = call.of("indices_or_sections")
    if isinstance(sections, list):
        ends = [0, *map(checked, sections), size]
        sizes = [end - start for start, end in zip(ends, ends[1:], strict=False)]
    else:
        count = checked(sections)
        if count > 0 and size % count:
            says = f"splits an axis of {size} into {count} parts of one size"
            raise Misfit(says, f"name a number that divides {size}")
        sizes = [size // count] * count
    before, after = call.shape[:axis], call.shape[axis + 1 :]
    return tuple((*before, length, *after) for length in sizes)


def _concatenate(call: CallShapes) -> Gave:
    return (joined(call.tensors, call.of("axis")),)


def _stack(call: CallShapes) -> Gave:
    shape, *others = call.tensors
    for other in others:
        if len(shape) != len(other) or any(map(differ, shape, other)):
            says = f"stacks {written(shape)} and {written(other)}"
            raise Misfit(says, "all tensors are of one shape; `ops.concatenate` joins")
    if len(set(call.tensors)) != 1:
        raise NotConstant
    return _expand(call, len(call.tensors))


def _transpose(call: CallShapes) -> Gave:
    axes = call.of("axes")
    if axes is None:
        return (tuple(reversed(call.shape)),)
    if sorted(axes) != list(range(len(call.shape))):
        says = f"names the axes {axes} of {written(call.shape)}"
        raise Misfit(says, "name each axis once, the batch's too, which is 0")
    return (tuple(call.shape[axis] for axis in axes),)


def _matmul(call: CallShapes) -> Gave:
    left, right = call.tensor("x1", 0), call.tensor("x2", 1)
    if min(len(left), len(right)) < 2:
        raise NotConstant
    if differ(left[-1], right[-2]):
        says = (
            f"multiplies {written(left)} with {written(right)}: the last axis of the "
        )
        says += "first and the last but one of the second differ"
        help_ = "bring them to one size"
        if not differ(left[-1], right[-1]):
            help_ = "turn the second: `ops.swapaxes(-1, -2)`; or write "
            help_ += f"`{examples.DOT_CALL}`"
        raise Misfit(says, help_, shape=right)
    if len(left) != len(right) or left[:-2] != right[:-2]:
        raise NotConstant
    return ((*left[:-1], right[-1]),)


def _swapaxes(call: CallShapes) -> Gave:
    axis, other = (axis_of(call.of(name), call.shape) for name in ("axis1", "axis2"))
    sizes = list(call.shape)
    sizes[axis], sizes[other] = sizes[other], sizes[axis]
    return (tuple(sizes),)


def _pooled(call: CallShapes) -> Gave:
    """Return what pooling of places gives, where one size stands for all axes."""
    first, *sizes, last = ranked(call.shape, 3, 4, 5)
    windows = call.sizes("pool_size", len(sizes))
    strides = windows
    if call.of("strides") is not None:
        strides = call.sizes("strides", len(sizes))
    places = zip(sizes, windows, strides, strict=True)
    return ((first, *(moved(*place, call.of("padding")) for place in places), last),)


def _along(call: CallShapes) -> Gave:
    """Return the shape it takes, where it goes along an axis."""
    axis_of(call.of("axis"), call.shape)
    return (call.shape,)


OPS: dict[str, Rule] = {
    "concatenate": _concatenate,
    "expand_dims": _expand,
    "matmul": _matmul,
    "split": _split,
    "squeeze": _squeeze,
    "stack": _stack,
    "take": _take,
    "transpose": _transpose,
    "swapaxes": _swapaxes,
    "pooling": _pooled,
    "along": _along,
}
"""The rules for functions; those that compute item by item are in the catalogue."""
