"""Pooling over windows, and global pooling."""

from __future__ import annotations

from scaffold.ir.fold import NotConstant
from scaffold.shapes.rules.types import NumberedRule
from scaffold.shapes.rules.windows import moved
from scaffold.shapes.types import CallShapes, OutputShapes, ranked


def _pooling(axes: int, call: CallShapes) -> OutputShapes:
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


def _of_all(axes: int, call: CallShapes) -> OutputShapes:
    first, *_, last = ranked(call.shape, axes + 2)
    if call.of("keepdims"):
        return ((first, *(1,) * axes, last),)
    return ((first, last),)


def _adaptive(axes: int, call: CallShapes) -> OutputShapes:
    if len(call.shape) != axes + 2:
        # Keras accepts other ranks as well, with unintended results.
        raise NotConstant
    first, *_, last = call.shape
    return ((first, *call.sizes("output_size", axes), last),)


POOLING: dict[str, NumberedRule] = {
    "pooling": _pooling,
    "global_pooling": _of_all,
    "adaptive_pooling": _adaptive,
}
"""The rules for pooling."""
