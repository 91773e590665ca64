"""Functions of `keras.ops`."""

from __future__ import annotations

from scaffold.ir.fold import Unknown
from scaffold.shapes.arithmetic import joined, reduced
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.types import Call, Gave, axis_of, checked


def _expand(call: Call, size: int = 1) -> Gave:
    axis = checked(call.of("axis"))
    rank = len(call.shape) + 1
    if not -rank <= axis < rank:
        raise Unknown
    place = axis % rank
    return ((*call.shape[:place], size, *call.shape[place:]),)


def _squeeze(call: Call) -> Gave:
    axis = axis_of(call.of("axis"), call.shape)
    if call.shape[axis] != 1:
        raise Unknown
    return (reduced(call.shape, axis, keepdims=False),)


def _take(call: Call) -> Gave:
    """Gives one item of an axis."""
    checked(call.of("indices"))
    return (reduced(call.shape, call.of("axis"), keepdims=False),)


def _split(call: Call) -> Gave:
    axis = axis_of(call.of("axis"), call.shape)
    size = call.shape[axis]
    if size is None:
        raise Unknown
    given = call.of("indices_or_sections")
    if isinstance(given, list):
        ends = [0, *map(checked, given), size]
        sizes = [end - start for start, end in zip(ends, ends[1:], strict=False)]
    else:
        count = checked(given)
        if size % count:
            raise Unknown
        sizes = [size // count] * count
    before, after = call.shape[:axis], call.shape[axis + 1 :]
    return tuple((*before, one, *after) for one in sizes)


def _concatenate(call: Call) -> Gave:
    return (joined(call.tensors, call.of("axis")),)


def _stack(call: Call) -> Gave:
    if len(set(call.tensors)) != 1:
        raise Unknown
    return _expand(call, len(call.tensors))


def _transpose(call: Call) -> Gave:
    axes = call.of("axes")
    if axes is None:
        return (tuple(reversed(call.shape)),)
    if sorted(axes) != list(range(len(call.shape))):
        raise Unknown
    return (tuple(call.shape[axis] for axis in axes),)


def _matmul(call: Call) -> Gave:
    left, right = call.tensor("x1", 0), call.tensor("x2", 1)
    if len(left) != len(right) or len(left) < 2 or left[:-2] != right[:-2]:
        raise Unknown
    if None not in (left[-1], right[-2]) and left[-1] != right[-2]:
        raise Unknown
    return ((*left[:-1], right[-1]),)


def _along(call: Call) -> Gave:
    """Gives the shape it takes, where it goes along an axis."""
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
    **dict.fromkeys(("cumprod", "cumsum"), _along),
}
"""The rules for functions; those that compute item by item are in the catalogue."""
