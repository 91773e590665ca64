"""Layers that take one tensor and give it another shape."""

from __future__ import annotations

from functools import partial
from math import prod

from scaffold.ir.fold import NotConstant
from scaffold.shapes.arithmetic import reshaped
from scaffold.shapes.rules.types import NumberedRule, Rule
from scaffold.shapes.types import (
    CallShapes,
    Gave,
    Misfit,
    Shape,
    checked,
    ranked,
    written,
)


def _dense(call: CallShapes) -> Gave:
    return ((*call.shape[:-1], call.whole("units")),)


def _einsum(call: CallShapes) -> Gave:
    """Return what an equation says, as far as it names each axis with a letter."""
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


def _embedding(call: CallShapes) -> Gave:
    return ((*call.shape, call.whole("output_dim")),)


def _flatten(call: CallShapes) -> Gave:
    first, *sizes = call.shape
    whole = [size for size in sizes if size is not None]
    return ((first, prod(whole) if len(whole) == len(sizes) else None),)


def _reshape(call: CallShapes) -> Gave:
    first, *sizes = call.shape
    wanted = call.of("target_shape")
    if not isinstance(wanted, list | tuple):
        raise NotConstant
    return ((first, *reshaped(tuple(sizes), [checked(size) for size in wanted])),)


def _permute(call: CallShapes) -> Gave:
    places = call.of("dims")
    if sorted(places) != list(range(1, len(places) + 1)):
        says = f"has the dims {tuple(places)}, which are not the numbers from 1 on"
        raise Misfit(says, "name each axis but the batch's once, from 1: `[2, 1]`")
    ranked(call.shape, len(places) + 1)
    return ((call.shape[0], *(call.shape[place] for place in places)),)


def _repeat(call: CallShapes) -> Gave:
    first, size = ranked(call.shape, 2)
    return ((first, call.whole("n"), size),)


def _padding(sign: int, name: str, axes: int, call: CallShapes) -> Gave:
    """Make axes longer at both ends, or shorter."""
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
    """Make an axis shorter."""
    if size is None:
        return None
    if both >= size:
        says = f"takes {both} items off an axis of {size}, of {written(shape)}"
        raise Misfit(says, f"take less than {size} off, both ends together")
    return size - both


def _both(ends: object) -> int:
    """Add up the two ends of an axis; one number goes for both."""
    if isinstance(ends, list | tuple):
        front, back = map(checked, ends)
        return front + back
    return 2 * checked(ends)


def _larger(axes: int, call: CallShapes) -> Gave:
    first, *sizes, last = ranked(call.shape, axes + 2)
    factors = call.sizes("size", axes)
    larger = [
        None if size is None else size * factor
        for size, factor in zip(sizes, factors, strict=True)
    ]
    return ((first, *larger, last),)


def _categories(call: CallShapes) -> Gave:
    """Return a vector for each row of numbers of categories."""
    if len(call.shape) != 2:
        raise NotConstant
    first, _ = call.shape
    if call.of("output_mode") not in ("multi_hot", "count"):
        raise NotConstant
    return ((first, call.whole("num_tokens")),)


def _held(call: CallShapes) -> Gave:
    """Return what the layer gives that it holds."""
    return call.inner(call.holder("layer"), call.shape)


def _picture(call: CallShapes) -> Gave:
    """Return pictures of one size."""
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
    "held": _held,
    "picture": _picture,
}
"""The rules for layers of one tensor."""

RESIZING: dict[str, NumberedRule] = {
    "zero_padding": partial(_padding, 1, "padding"),
    "cropping": partial(_padding, -1, "cropping"),
    "up_sampling": _larger,
}
"""The rules for layers that make axes longer or shorter, by how many there are."""
