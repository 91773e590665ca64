"""Sizes of axes after a sliding window."""

from __future__ import annotations

from scaffold.ir.fold import NotConstant
from scaffold.shapes.types import Misfit


def moved(
    size: int | None, window: int, stride: int, padding: str, dilation: int = 1
) -> int | None:
    """Return the number of positions of a sliding window on an axis.

    Args:
        size: The size of the axis, `None` if unknown.
        window: The size of the window.
        stride: The distance between two positions.
        padding: `valid`: the window stays inside. `same`, `causal`: the axis is padded.
        dilation: The distance between two items of the window.

    Raises:
        Misfit: The window does not fit.
        NotConstant: There is no such padding.
    """
    if padding not in ("valid", "same", "causal"):
        raise NotConstant
    if size is None:
        return None
    reach = dilation * (window - 1) + 1 if padding == "valid" else 1
    if size < reach:
        message = f"has a window of size {reach}, but the axis has size {size}"
        help_ = 'use `padding="same"`, a smaller window, or less shrinking before it'
        raise Misfit(message, help_)
    return (size - reach) // stride + 1


def spread(size: int | None, window: int, stride: int, padding: str) -> int | None:
    """Return the output size of a transposed convolution along an axis.

    Args:
        size: The size of the input axis, `None` if unknown.
        window: The size of the window.
        stride: The distance between two windows.
        padding: `valid`: the last window counts in full. `same`: each adds one stride.

    Raises:
        NotConstant: There is no such padding.
    """
    if padding not in ("valid", "same"):
        raise NotConstant
    if size is None:
        return None
    return size * stride + (max(window - stride, 0) if padding == "valid" else 0)
