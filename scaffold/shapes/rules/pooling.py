"""Pooling, of places and of all."""

from __future__ import annotations

from scaffold.ir.fold import NotConstant
from scaffold.shapes.rules.types import NumberedRule
from scaffold.shapes.rules.windows import moved
from scaffold.shapes.types import CallShapes, Gave, ranked


def _pooling(axes: int, call: CallShapes) -> Gave:
    first, *sizes, last = ranked(call.shape, axes + 2)
    windows = call.sizes("pool_size", axes)
    strides = windows
    if call.of("strides") is not None:
        strides = call.sizes("strides", axes)
    padding = call.of("padding")
    smaller = [
        moved(size, window, stride, padding)
        for size, window, stride in zip(sizes, windows, strides, strict=True)
    ]
    return ((first, *smaller, last),)


def _of_all(axes: int, call: CallShapes) -> Gave:
    first, *_, last = ranked(call.shape, axes + 2)
    if call.of("keepdims"):
        return ((first, *(1,) * axes, last),)
    return ((first, last),)


def _adaptive(axes: int, call: CallShapes) -> Gave:
    if len(call.shape) != axes + 2:
        # Keras takes others as well, and gives what nobody means.
        raise NotConstant
    first, *_, last = call.shape
    return ((first, *call.sizes("output_size", axes), last),)


POOLING: dict[str, NumberedRule] = {
    "pooling": _pooling,
    "global_pooling": _of_all,
    "adaptive_pooling": _adaptive,
}
"""The rules for pooling."""
