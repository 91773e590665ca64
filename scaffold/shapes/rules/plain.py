"""Layers that take one tensor and change its shape."""

from __future__ import annotations

from functools import partial
from math import prod

from scaffold.ir.fold import NotConstant
from scaffold.shapes.arithmetic import reshaped
from scaffold.shapes.rules.types import NumberedRule, Rule
from scaffold.shapes.types import (
    CallShapes,
    Misfit,
    OutputShapes,
    Shape,
    checked,
    ranked,
    written,
)


def _dense(call: CallShapes) -> OutputShapes:
    return ((*call.shape[:-1], call.whole("units")),)


def _einsum(call: CallShapes) -> OutputShapes:
    """Return the output shape of an equation that names each axis with a letter."""
    terms, _, right = str(call.of("equation")).replace(" ", "").partition("->")
    left = terms.partition(",")[0]
    if not (left + right).isalpha() or left[:1] != right[:1]:
        raise NotConstant
    ranked(call.shape, len(left))
    wanted = call.of("output_shape")
    listed = wanted if isinstance(wanted, list | tuple) else [wanted]
    sizes = dict(zip(left, call.shape, strict=True))
    if len(listed) != len(right) - 1:
        raise NotConstant
    for letter, size in zip(right[1:], listed, strict=True):
        if size is not None and sizes.setdefault(letter, size) != size:
            raise NotConstant
    return (tuple(sizes[letter] for letter in right),)


def _embedding(call: CallShapes) -> OutputShapes:
    return ((*call.shape, call.whole("output_dim")),)


def _flatten(call: CallShapes) -> OutputShapes:
    first, *sizes = call.shape
    whole = [size for size in sizes if size is not None]
    return ((first, prod(whole) if len(whole) == len(sizes) else None),)


def _reshape(call: CallShapes) -> OutputShapes:
    first, *sizes = call.shape
    wanted = call.of("target_shape")
    if not isinstance(wanted, list | tuple):
        raise NotConstant
    return ((first, *reshaped(tuple(sizes), [checked(size) for size in wanted])),)


def _permute(call: CallShapes) -> OutputShapes:
    dims = call.of("dims")
    if sorted(dims) != list(range(1, len(dims) + 1)):
        message = f"has the dims {tuple(dims)}, which are not a permutation of "
        message += f"1 to {len(dims)}"
        help_ = "name each axis once, without the batch axis, from 1: `[2, 1]`"
        raise Misfit(message, help_)
    ranked(call.shape, len(dims) + 1)
    return ((call.shape[0], *(call.shape[axis] for axis in dims)),)


def _repeat(call: CallShapes) -> OutputShapes:
    first, size = ranked(call.shape, 2)
    return ((first, call.whole("n"), size),)


def _padding(sign: int, name: str, axes: int, call: CallShapes) -> OutputShapes:
    """Pad (`sign` > 0) or crop (`sign` < 0) axes at both ends."""
    first, *sizes, last = ranked(call.shape, axes + 2)
    padding = call.of(name)
    ends = padding if isinstance(padding, list | tuple) else [padding] * axes
    if axes == 1 and len(ends) == 2:
        ends = [ends]
    if len(ends) != axes:
        raise NotConstant
    more = [_both(end) for end in ends]
    pairs = list(zip(sizes, more, strict=True))
    if sign < 0:
        return ((first, *(_cut(*pair, call.shape) for pair in pairs), last),)
    longer = [None if size is None else size + both for size, both in pairs]
    return ((first, *longer, last),)


def _cut(size: int | None, both: int, shape: Shape) -> int | None:
    """Return the size of a cropped axis."""
    if size is None:
        return None
    if both >= size:
        message = f"cannot crop {both} items from an axis of size {size}, of "
        help_ = f"crop fewer than {size} items, both ends together"
        raise Misfit(f"{message}{written(shape)}", help_)
    return size - both


def _both(ends: object) -> int:
    """Return the sum of both ends of an axis; one number applies to both."""
    if isinstance(ends, list | tuple):
        front, back = map(checked, ends)
        return front + back
    return 2 * checked(ends)


def _larger(axes: int, call: CallShapes) -> OutputShapes:
    first, *sizes, last = ranked(call.shape, axes + 2)
    factors = call.sizes("size", axes)
    larger = [
        None if size is None else size * factor
        for size, factor in zip(sizes, factors, strict=True)
    ]
    return ((first, *larger, last),)


def _categories(call: CallShapes) -> OutputShapes:
    """Return the shape of one vector for each row of category numbers."""
    if len(call.shape) != 2:
        raise NotConstant
    first, _ = call.shape
    if call.of("output_mode") not in ("multi_hot", "count"):
        raise NotConstant
    return ((first, call.whole("num_tokens")),)


def _wrapper(call: CallShapes) -> OutputShapes:
    """Return the output shapes of the wrapped layer."""
    return call.inner(call.holder("layer"), call.shape)


def _image(call: CallShapes) -> OutputShapes:
    """Return the shape of resized images."""
    *others, _, _, last = call.shape
    if len(others) > 1:
        raise NotConstant
    return ((*others, call.whole("height"), call.whole("width"), last),)


PLAIN: dict[str, Rule] = {
    "category_encoding": _categories,
    "dense": _dense,
    "einsum": _einsum,
    "embedding": _embedding,
    "flatten": _flatten,
    "reshape": _reshape,
    "permute": _permute,
    "repeat": _repeat,
    "held": _wrapper,
    "picture": _image,
}
"""The rules for layers of one tensor."""

RESIZING: dict[str, NumberedRule] = {
    "zero_padding": partial(_padding, 1, "padding"),
    "cropping": partial(_padding, -1, "cropping"),
    "up_sampling": _larger,
}
"""The rules for layers that pad, crop or repeat along axes, by number of axes."""
