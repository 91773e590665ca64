"""Functions of `keras.ops`."""

from __future__ import annotations

from scaffold.catalogue.facts import examples
from scaffold.ir.fold import NotConstant
from scaffold.shapes.arithmetic import differ, joined, reduced
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.rules.windows import moved
from scaffold.shapes.types import (
    CallShapes,
    Misfit,
    OutputShapes,
    axis_of,
    checked,
    ranked,
    written,
)


def _expand(call: CallShapes, size: int = 1) -> OutputShapes:
    axis = checked(call.of("axis"))
    index = axis_of(axis, (*call.shape, size))
    return ((*call.shape[:index], size, *call.shape[index:]),)


def _squeeze(call: CallShapes) -> OutputShapes:
    axis = axis_of(call.of("axis"), call.shape)
    if call.shape[axis] is None:
        raise NotConstant
    if call.shape[axis] != 1:
        message = f"cannot remove axis {axis} of {written(call.shape)}: it has more "
        help_ = "squeeze an axis of size 1, or select one item with `ops.take`"
        raise Misfit(f"{message}than one item", help_)
    return (reduced(call.shape, axis, keepdims=False),)


def _take(call: CallShapes) -> OutputShapes:
    """Return the shape after selecting one item of an axis."""
    checked(call.of("indices"))
    return (reduced(call.shape, call.of("axis"), keepdims=False),)


def _split(call: CallShapes) -> OutputShapes:
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
            message = f"cannot split an axis of size {size} into {count} equal parts"
            raise Misfit(message, f"use a divisor of {size}")
        sizes = [size // count] * count
    before, after = call.shape[:axis], call.shape[axis + 1 :]
    return tuple((*before, length, *after) for length in sizes)


def _concatenate(call: CallShapes) -> OutputShapes:
    return (joined(call.tensors, call.of("axis")),)


def _stack(call: CallShapes) -> OutputShapes:
    shape, *others = call.tensors
    for other in others:
        if len(shape) != len(other) or any(map(differ, shape, other)):
            message = f"cannot stack {written(shape)} and {written(other)}"
            help_ = "use tensors of the same shape, or `ops.concatenate`"
            raise Misfit(message, help_)
    if len(set(call.tensors)) != 1:
        raise NotConstant
    return _expand(call, len(call.tensors))


def _transpose(call: CallShapes) -> OutputShapes:
    axes = call.of("axes")
    if axes is None:
        return (tuple(reversed(call.shape)),)
    if sorted(axes) != list(range(len(call.shape))):
        message = f"cannot transpose {written(call.shape)} with the axes {axes}"
        raise Misfit(message, "name each axis once, including the batch axis 0")
    return (tuple(call.shape[axis] for axis in axes),)


def _matmul(call: CallShapes) -> OutputShapes:
    left, right = call.tensor("x1", 0), call.tensor("x2", 1)
    if min(len(left), len(right)) < 2:
        raise NotConstant
    if differ(left[-1], right[-2]):
        message = (
            f"cannot multiply {written(left)} with {written(right)}: the last axis of "
        )
        message += "the first and the second-to-last axis of the second differ"
        help_ = "make these axes the same size"
        if not differ(left[-1], right[-1]):
            help_ = "transpose the second with `ops.swapaxes(-1, -2)`, or write "
            help_ += f"`{examples.DOT_CALL}`"
        raise Misfit(message, help_, shape=right)
    if len(left) != len(right) or left[:-2] != right[:-2]:
        raise NotConstant
    return ((*left[:-1], right[-1]),)


def _swapaxes(call: CallShapes) -> OutputShapes:
    axis, other = (axis_of(call.of(name), call.shape) for name in ("axis1", "axis2"))
    sizes = list(call.shape)
    sizes[axis], sizes[other] = sizes[other], sizes[axis]
    return (tuple(sizes),)


def _pooled(call: CallShapes) -> OutputShapes:
    """Return the output shape of pooling; one size may apply to all axes."""
    first, *sizes, last = ranked(call.shape, 3, 4, 5)
    windows = call.sizes("pool_size", len(sizes))
    strides = windows
    if call.of("strides") is not None:
        strides = call.sizes("strides", len(sizes))
    axes = zip(sizes, windows, strides, strict=True)
    return ((first, *(moved(*axis, call.of("padding")) for axis in axes), last),)


def _along(call: CallShapes) -> OutputShapes:
    """Return the input shape of a function that works along an axis."""
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
"""The rules for functions; element-wise functions are in the catalogue."""
