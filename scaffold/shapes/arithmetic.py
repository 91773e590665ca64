"""Shapes of the results of computations on tensors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import prod
from typing import Any

from scaffold.ir.fold import NotConstant
from scaffold.shapes.types import Misfit, Shape, axis_of, written


def broadcast(shapes: Sequence[Shape], *, is_layer: bool) -> Shape:
    """Return the shape of the result of an element-wise operation.

    Args:
        shapes: The shapes of the tensors.
        is_layer: Whether a layer computes it. For layers, an axis of unknown size in
            one tensor has unknown size in the result, and missing axes are inserted
            after the batch axis.

    Raises:
        Misfit: The shapes do not fit.
        NotConstant: The shape of the result is not known.
    """
    if not shapes:
        raise NotConstant
    if is_layer and len({len(shape) for shape in shapes}) != 1:
        # Keras inserts missing axes after the batch axis.
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
        message = f"cannot combine {written(shape)} and {written(other)} element-wise"
        help_ = "make all sizes equal; an axis of size 1 fits any other size"
        raise Misfit(message, help_, shape=other)
    return tuple(
        _size(first, second, is_layer and axis > 0)
        for axis, (first, second) in enumerate(zip(left, right, strict=True))
    )


def differ(size: int | None, other: int | None) -> bool:
    """Return whether two sizes are known and differ."""
    return size is not None and other is not None and size != other


def _size(size: int | None, other: int | None, is_layer: bool) -> int | None:
    if is_layer and None in (size, other):
        return None
    return other if size == 1 or (size is None and other != 1) else size


def reduced(shape: Shape, axis: Any, *, keepdims: bool) -> Shape:
    """Return the shape of a tensor after a reduction over axes.

    Args:
        shape: The shape of the tensor.
        axis: The axes: one, several, or `None` for all.
        keepdims: Whether the reduced axes are kept, with size 1.

    Raises:
        Misfit: There are no such axes.
        NotConstant: An axis is not an integer.
    """
    if axis is None:
        reduced_axes = set(range(len(shape)))
    else:
        named = axis if isinstance(axis, list | tuple) else [axis]
        reduced_axes = {axis_of(named_axis, shape) for named_axis in named}
    if keepdims:
        return tuple(1 if at in reduced_axes else size for at, size in enumerate(shape))
    return tuple(size for at, size in enumerate(shape) if at not in reduced_axes)


def reshaped(sizes: Shape, wanted: Sequence[int]) -> Shape:
    """Return the sizes of a reshaped tensor.

    Args:
        sizes: The sizes of the tensor, without the batch axis.
        wanted: The target sizes; -1 is inferred from the others.

    Raises:
        Misfit: The sizes do not fit.
        NotConstant: The result is not known.
    """
    known = prod(size for size in wanted if size != -1)
    if wanted.count(-1) > 1:
        message = f"has {wanted.count(-1)} sizes of -1 in {_shown(wanted)}"
        raise Misfit(message, "use -1 for at most one size, which is inferred")
    if any(size < -1 for size in wanted):
        raise NotConstant
    inferred: int | None = None
    if None not in sizes:
        whole = prod(size for size in sizes if size is not None)
        if -1 not in wanted and whole != known:
            message = f"cannot reshape {_shown(sizes)} ({_items(whole)}) to "
            message += f"{_shown(wanted)} ({_items(known)})"
            raise Misfit(message, _fix(whole, wanted))
        if -1 in wanted:
            if known <= 0:
                raise NotConstant
            if whole % known:
                message = f"cannot reshape {_shown(sizes)} to {_shown(wanted)}: "
                message += f"{known} does not divide {_items(whole)}"
                raise Misfit(message, f"choose sizes whose product divides {whole}")
            inferred = whole // known
    return tuple(inferred if size == -1 else size for size in wanted)


def _items(count: int) -> str:
    return f"{count} item{'s' * (count != 1)}"


def _shown(sizes: Sequence[int | None]) -> str:
    return f"[{', '.join('null' if size is None else str(size) for size in sizes)}]"


def _fix(whole: int, wanted: Sequence[int]) -> str:
    """Return a help that changes the last or the first size, if one of them can fit."""
    for index in (-1, 0):
        product = prod(wanted) // wanted[index] if wanted and wanted[index] > 0 else 0
        if product and whole % product == 0:
            fitting = list(wanted)
            fitting[index] = whole // product
            return f"{_shown(fitting)} has as many items, without the batch axis"
    return "keep the product of the sizes, without the batch axis"


def joined(shapes: Sequence[Shape], axis: Any) -> Shape:
    """Return the shape of concatenated tensors.

    Args:
        shapes: The shapes of the tensors, which may differ only in `axis`.
        axis: The axis to concatenate along.

    Raises:
        Misfit: The shapes do not fit.
        NotConstant: The shape of the result is not known.
    """
    if not shapes:
        raise NotConstant
    shown = " and ".join(dict.fromkeys(map(written, shapes)))
    if len({len(shape) for shape in shapes}) != 1:
        message = f"cannot concatenate {shown}: they differ in the number of axes"
        raise Misfit(message, "reshape them to the same number of axes first")
    joined_axis = axis_of(axis, shapes[0])
    columns = list(zip(*shapes, strict=True))
    for at, sizes in enumerate(columns):
        known = {size for size in sizes if size is not None}
        if at != joined_axis and len(known) > 1:
            message = f"cannot concatenate {shown} along axis {joined_axis}: "
            message += f"axis {at} differs"
            help_ = f"only axis {joined_axis} may differ"
            others = [other for other in range(1, len(columns)) if other != at]
            if not any(_vary(columns[other]) for other in others):
                help_ += f"; `axis={at}` joins them along axis {at}"
            raise Misfit(message, help_)
        # If only some tensors have a known size, Keras's result varies.
        if at != joined_axis and len(set(sizes)) != 1:
            raise NotConstant
    lengths = columns[joined_axis]
    whole = [size for size in lengths if size is not None]
    size = sum(whole) if len(whole) == len(lengths) else None
    return (*shapes[0][:joined_axis], size, *shapes[0][joined_axis + 1 :])


def _vary(sizes: Sequence[int | None]) -> bool:
    return len({size for size in sizes if size is not None}) > 1
