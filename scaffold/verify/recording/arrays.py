"""Tensors as NumPy arrays, and their comparison."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

TOLERANCE = 1e-5
"""The largest difference between two outputs, relative to their largest number."""


def arrays(structure: Any) -> list[Any]:
    """Return the tensors of a structure as NumPy arrays, all floats as float32.

    A leaf that is not a tensor, or has no value, is `None`.
    """
    return [_array(leaf) for leaf in keras.tree.flatten(structure)]


def _array(tensor: Any) -> Any:
    if tensor is None:
        return None
    try:
        if keras.backend.standardize_dtype(tensor.dtype) in ("bfloat16", "float16"):
            tensor = keras.ops.cast(tensor, "float32")
        return np.asarray(keras.ops.convert_to_numpy(tensor))
    # A symbolic or traced tensor: each backend raises its own error.
    except Exception:
        return None


def has_numbers(structure: Any) -> bool:
    """Return whether all tensors of a structure have a value."""
    tensors = (leaf for leaf in keras.tree.flatten(structure) if hasattr(leaf, "shape"))
    return all(_array(tensor) is not None for tensor in tensors)


def is_finite(array: Any) -> bool:
    """Return whether all numbers of an array are finite; True for other types."""
    if array is None or array.dtype.kind not in "fc":
        return True
    return bool(np.isfinite(array).all())


def is_same(ours: Any, theirs: Any, tolerance: float = TOLERANCE) -> bool:
    """Return whether two structures hold the same numbers.

    Leaves without a value, such as symbolic tensors, are not compared. `nan` and
    infinite numbers must be at the same positions in both.
    """
    first, second = arrays(ours), arrays(theirs)
    if len(first) != len(second):
        return False
    return all(
        array is None or other is None or _is_same(array, other, tolerance)
        for array, other in zip(first, second, strict=True)
    )


def _is_same(ours: Any, theirs: Any, tolerance: float) -> bool:
    if ours.shape != theirs.shape or ours.dtype != theirs.dtype:
        return False
    if np.array_equal(ours, theirs):
        return True
    if ours.dtype.kind not in "fc" or not np.array_equal(
        np.isfinite(ours), np.isfinite(theirs)
    ):
        return False
    finite = np.isfinite(ours)
    if not np.array_equal(ours[~finite], theirs[~finite], equal_nan=True):
        return False
    first, second = ours[finite].astype("float64"), theirs[finite].astype("float64")
    scale = max(float(np.abs(first).max(initial=0.0)), 1e-30)
    return float(np.abs(first - second).max(initial=0.0)) <= tolerance * scale


def is_same_mask(ours: Any, theirs: Any) -> bool:
    """Return whether two masks are the same; `None` equals only `None`."""
    if ours is None or theirs is None:
        return ours is theirs
    return is_same(ours, theirs)
