"""How far a window can be moved along an axis."""

from __future__ import annotations

from scaffold.ir.fold import NotConstant
from scaffold.shapes.types import Misfit


def moved(
    size: int | None, window: int, stride: int, padding: str, dilation: int = 1
) -> int | None:
    """Count the places of a window on an axis.

    Args:
        size: The axis, `None` for any size.
        window: The size of the window.
        stride: How far it is moved each time.
        padding: `valid`: it stays inside. `same`, `causal`: it does not have to.
        dilation: How far its items are apart.

    Raises:
        Misfit: It does not fit in.
        NotConstant: There is no such padding.
    """
    if padding not in ("valid", "same", "causal"):
        raise NotConstant
    if size is None:
        return None
    reach = dilation * (window - 1) + 1 if padding == "valid" else 1
    if size < reach:
        says = f"moves a window of {reach} along an axis of {size}"
        help_ = 'write `padding="same"` or a smaller window, or shrink it less before'
        raise Misfit(says, help_)
    return (size - reach) // stride + 1


def spread(size: int | None, window: int, stride: int, padding: str) -> int | None:
    """Return the size of an axis that windows make, one for each item of another.

    Args:
        size: The other axis, `None` for any size.
        window: The size of the windows.
        stride: How far they are apart.
        padding: `valid`: the last one counts whole. `same`: each counts as a stride.

    Raises:
        NotConstant: There is no such padding.
    """
    if padding not in ("valid", "same"):
        raise NotConstant
    if size is None:
        return None
    return size * stride + (max(window - stride, 0) if padding == "valid" else 0)
