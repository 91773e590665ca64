"""Shapes of what is computed of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import prod
from typing import Any

from scaffold.ir.fold import NotConstant
from scaffold.shapes.types import Misfit, Shape, axis_of, written


def broadcast(shapes: Sequence[Shape], *, is_layer: bool) -> Shape:
    """Return the shape of what arithmetic makes of tensors.

    Args:
        shapes: Their shapes.
        is_layer: Whether a layer computes it. Layers say less of an axis that has
            any size in one of them, and add axes in a way of their own.

    Raises:
        Misfit: The shapes do not fit.
        NotConstant: What comes of them is not plain.
    """
    if not shapes:
        raise NotConstant
    if is_layer and len({len(shape) for shape in shapes}) != 1:
        # Keras puts the missing axes behind the batch's.
        rank = max(map(len, shapes))
        filled = [
            (shape[0], *(1,) * (rank - len(shape)), *shape[1:])
            for shape in shapes
            if shape
        ]
        reduce(lambda shape, other: _pair(shape, other, is_layer), filled)
        raise NotConstant
    return reduce(lambda shape, other: _pair(shape, other, is_layer), shapes)


def _pair(shape: Shape, other: Shape, is_layer: bool) -> Shape:
    rank = max(len(shape), len(other))
    left = (1,) * (rank - len(shape)) + shape
    right = (1,) * (rank - len(other)) + other
    sizes = zip(left, right, strict=True)
    if any(differ(*pair) and 1 not in pair for pair in sizes):
        says = f"puts {written(shape)} and {written(other)} together item by item"
        help_ = "make all sizes alike; an axis of 1 goes with any other size"
        raise Misfit(says, help_, shape=other)
    return tuple(
        _size(first, second, is_layer and axis > 0)
        for axis, (first, second) in enumerate(zip(left, right, strict=True))
    )


def differ(size: int | None, other: int | None) -> bool:
    """Return whether two sizes are known, and are not the same."""
    return size is not None and other is not None and size != other


def _size(size: int | None, other: int | None, is_layer: bool) -> int | None:
    if is_layer and None in (size, other):
        return None
    return other if size == 1 or (size is None and other != 1) else size


def reduced(shape: Shape, axis: Any, *, keepdims: bool) -> Shape:
    """Return the shape of what is left of a tensor when axes are summed up.

    Args:
        shape: The tensor's.
        axis: The axes: one, several, or `None` for all.
        keepdims: Whether they stay, with one item each.

    Raises:
        NotConstant: There are no such axes.
    """
    if axis is None:
        gone = set(range(len(shape)))
    else:
        named = axis if isinstance(axis, list | tuple) else [axis]
        gone = {axis_of(named_axis, shape) for named_axis in named}
    if keepdims:
        return tuple(1 if at in gone else size for at, size in enumerate(shape))
    return tuple(size for at, size in enumerate(shape) if at not in gone)


def reshaped(sizes: Shape, wanted: Sequence[int]) -> Shape:
    """Return the sizes that a tensor has in another shape.

    Args:
        sizes: The sizes it has, without the batch axis.
        wanted: Those it is to have; -1 stands for what is left over.

    Raises:
        Misfit: They do not fit.
        NotConstant: What comes of it is not plain.
    """
    rest = prod(size for size in wanted if size != -1)
    if wanted.count(-1) > 1:
        says = f"has {wanted.count(-1)} sizes of -1 in {_shown(wanted)}"
        raise Misfit(says, "one size at most is -1: it stands for what is left over")
    if any(size < -1 for size in wanted):
        raise NotConstant
    left: int | None = None
    if None not in sizes:
        whole = prod(size for size in sizes if size is not None)
        if -1 not in wanted and whole != rest:
            says = f"makes {_shown(wanted)} ({_items(rest)}) of "
            says += f"{_shown(sizes)} ({_items(whole)})"
            raise Misfit(says, _cure(whole, wanted))
        if -1 in wanted:
            if rest <= 0:
                raise NotConstant
            if whole % rest:
                says = f"makes {_shown(wanted)} of {_shown(sizes)}, and {rest} does "
                says += f"not divide {_items(whole)}"
                raise Misfit(says, f"choose sizes whose product divides {whole}")
            left = whole // rest
    return tuple(left if size == -1 else size for size in wanted)


def _items(count: int) -> str:
    return f"{count} item{'s' * (count != 1)}"


def _shown(sizes: Sequence[int | None]) -> str:
    return f"[{', '.join('null' if size is None else str(size) for size in sizes)}]"


def _cure(whole: int, wanted: Sequence[int]) -> str:
    """Describe which number in the place of one of them would fit."""
    for place in (-1, 0):
        others = prod(wanted) // wanted[place] if wanted and wanted[place] > 0 else 0
        if others and whole % others == 0:
            fitting = list(wanted)
            fitting[place] = whole // others
            return f"{_shown(fitting)} has as many items; the batch axis is left out"
    return "the product of the sizes stays the same; the batch axis is left out"


def joined(shapes: Sequence[Shape], axis: Any) -> Shape:
    """Return the shape of tensors put one behind another.

    Args:
        shapes: Their shapes, in which only `axis` differs.
        axis: The axis that gets longer.

    Raises:
        Misfit: The shapes do not fit.
        NotConstant: What comes of them is not plain.
    """
    if not shapes:
        raise NotConstant
    shown = " and ".join(dict.fromkeys(map(written, shapes)))
    if len({len(shape) for shape in shapes}) != 1:
        says = f"joins {shown}, which differ in the number of their axes"
        raise Misfit(says, "bring them to the same number of axes first")
    place = axis_of(axis, shapes[0])
    columns = list(zip(*shapes, strict=True))
    for at, sizes in enumerate(columns):
        known = {size for size in sizes if size is not None}
        if at != place and len(known) > 1:
            says = f"joins {shown} along axis {place}, and axis {at} differs"
            help_ = f"only axis {place} may differ"
            others = [other for other in range(1, len(columns)) if other != at]
            if not any(_vary(columns[other]) for other in others):
                help_ += f"; `axis={at}` joins them along axis {at}"
            raise Misfit(says, help_)
        # What Keras says of an axis that only some of them leave open, differs.
        if at != place and len(set(sizes)) != 1:
            raise NotConstant
    ends = columns[place]
    whole = [size for size in ends if size is not None]
    size = sum(whole) if len(whole) == len(ends) else None
    return (*shapes[0][:place], size, *shapes[0][place + 1 :])


def _vary(sizes: Sequence[int | None]) -> bool:
    return len({size for size in sizes if size is not None}) > 1
