"""Shapes of what is computed of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import prod
from typing import Any

from scaffold.ir.fold import Unknown
from scaffold.shapes.types import Shape, axis_of


def broadcast(shapes: Sequence[Shape], *, is_layer: bool) -> Shape:
    """Gives the shape of what arithmetic makes of tensors.

    Args:
        shapes: Their shapes.
        is_layer: Whether a layer computes it. Layers say less of an axis that has
            any size in one of them, and add axes in a way of their own.

    Raises:
        Unknown: The shapes do not fit.
    """
    if is_layer and len({len(shape) for shape in shapes}) != 1:
        raise Unknown
    if not shapes:
        raise Unknown
    return reduce(lambda one, other: _pair(one, other, is_layer), shapes)


def _pair(one: Shape, other: Shape, is_layer: bool) -> Shape:
    rank = max(len(one), len(other))
    left = (1,) * (rank - len(one)) + one
    right = (1,) * (rank - len(other)) + other
    return tuple(
        _size(first, second, is_layer and axis > 0)
        for axis, (first, second) in enumerate(zip(left, right, strict=True))
    )


def _size(one: int | None, other: int | None, is_layer: bool) -> int | None:
    if is_layer and None in (one, other):
        return None
    if one == 1 or (one is None and other != 1):
        return other
    if other in (1, None, one):
        return one
    raise Unknown


def reduced(shape: Shape, axis: Any, *, keepdims: bool) -> Shape:
    """Gives the shape of what is left of a tensor when axes are summed up.

    Args:
        shape: The tensor's.
        axis: The axes: one, several, or `None` for all.
        keepdims: Whether they stay, with one item each.

    Raises:
        Unknown: There are no such axes.
    """
    if axis is None:
        gone = set(range(len(shape)))
    else:
        named = axis if isinstance(axis, list | tuple) else [axis]
        gone = {axis_of(one, shape) for one in named}
    if keepdims:
        return tuple(1 if at in gone else size for at, size in enumerate(shape))
    return tuple(size for at, size in enumerate(shape) if at not in gone)


def reshaped(sizes: Shape, wanted: Sequence[int]) -> Shape:
    """Gives the sizes that a tensor has in another shape.

    Args:
        sizes: The sizes it has, without the batch axis.
        wanted: Those it is to have; -1 stands for what is left over.

    Raises:
        Unknown: They do not fit.
    """
    if -1 not in wanted:
        return tuple(wanted)
    rest = prod(size for size in wanted if size != -1)
    left: int | None = None
    if None not in sizes:
        whole = prod(size for size in sizes if size is not None)
        if rest <= 0 or whole % rest:
            raise Unknown
        left = whole // rest
    return tuple(left if size == -1 else size for size in wanted)


def joined(shapes: Sequence[Shape], axis: Any) -> Shape:
    """Gives the shape of tensors put one behind another.

    Args:
        shapes: Their shapes, in which only `axis` differs.
        axis: The axis that gets longer.

    Raises:
        Unknown: The shapes do not fit.
    """
    if not shapes or len({len(shape) for shape in shapes}) != 1:
        raise Unknown
    place = axis_of(axis, shapes[0])
    columns = list(zip(*shapes, strict=True))
    for at, sizes in enumerate(columns):
        # What Keras says of an axis that only some of them leave open, differs.
        if at != place and len(set(sizes)) != 1:
            raise Unknown
    ends = columns[place]
    whole = [size for size in ends if size is not None]
    size = sum(whole) if len(whole) == len(ends) else None
    return (*shapes[0][:place], size, *shapes[0][place + 1 :])
