"""Matches the calls of a model with the calls of the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import keras
import numpy as np
from keras.src.backend import get_keras_mask

from scaffold.verify.recording.arrays import arrays, is_same
from scaffold.verify.recording.leaves import Key
from scaffold.verify.recording.listener import RecordedCall


def pairs(
    ours: Sequence[RecordedCall], theirs: Iterable[RecordedCall]
) -> list[RecordedCall | None]:
    """Return the matching call of the model for each call of the reference, or `None`.

    Args:
        ours: The calls of the reference; calls of operations have no match.
        theirs: The calls of the model.
    """
    by_key = by_layer(theirs)
    matched = {
        key: iter(_matched(calls, by_key.get(key, [])))
        for key, calls in by_layer(ours).items()
    }
    return [None if call.key is None else next(matched[call.key]) for call in ours]


def by_layer(calls: Iterable[RecordedCall]) -> dict[Key, list[RecordedCall]]:
    """Return the calls of each layer, in order."""
    by_key: dict[Key, list[RecordedCall]] = {}
    for call in calls:
        if call.key is not None:
            by_key.setdefault(call.key, []).append(call)
    return by_key


def _matched(
    ours: Sequence[RecordedCall], theirs: Sequence[RecordedCall]
) -> list[RecordedCall | None]:
    """Match the calls of a layer: by equal tensors first, then by order.

    A functional model may run the calls of a shared layer in another order.
    """
    if len(ours) == len(theirs) == 1:
        return [theirs[0]]
    left = list(theirs)
    matches: list[RecordedCall | None] = []
    for call in ours:
        same = (other for other in left if is_same(call.arguments, other.arguments))
        matches.append(next(same, None))
        left = [other for other in left if other is not matches[-1]]
    unmatched = iter(left)
    return [match if match is not None else next(unmatched, None) for match in matches]


def are_alike(ours: RecordedCall, theirs: RecordedCall) -> bool:
    """Return whether two calls have the same numbers as inputs, if they can be matched.

    A layer can hide wrong inputs: a normalization removes their scale, and a small
    tensor is lost beside a large one. The order does not matter if the output is the
    same, and masked numbers are not compared.
    """
    first, second = list(_numbers(ours)), list(_numbers(theirs))
    if ours.arguments.keys() != theirs.arguments.keys() or len(first) != len(second):
        # Different names may be the same arguments; if not, the output differs.
        return True
    left = second
    for array in first:
        at = next((n for n, other in enumerate(left) if is_same(array, other)), None)
        if at is None:
            return False
        left = [*left[:at], *left[at + 1 :]]
    return True


def is_rounded(ours: RecordedCall, theirs: RecordedCall) -> bool:
    """Return whether the inputs of two calls differ, but only by rounding."""
    first, second = arrays(ours.arguments), arrays(theirs.arguments)
    is_equal = len(first) == len(second) and all(map(np.array_equal, first, second))
    return not is_equal and is_same(ours.arguments, theirs.arguments)


def _numbers(call: RecordedCall) -> Iterator[Any]:
    """Yield the inputs of a call as float64 arrays, with zeros for masked numbers."""
    tensors = [
        leaf for leaf in keras.tree.flatten(call.arguments) if hasattr(leaf, "shape")
    ]
    explicit = call.masks if len(call.masks) == len(tensors) else [None] * len(tensors)
    for tensor, explicit_mask in zip(tensors, explicit, strict=True):
        (array,) = arrays(tensor)
        if array is None or array.dtype.kind not in "fiub":
            continue
        mask = get_keras_mask(tensor) if explicit_mask is None else explicit_mask
        array = array.astype("float64")
        if mask is not None:
            (mask_array,) = arrays(mask)
            if (
                mask_array is not None
                and mask_array.shape == array.shape[: mask_array.ndim]
            ):
                array = array * mask_array.reshape(
                    mask_array.shape + (1,) * (array.ndim - mask_array.ndim)
                )
        yield array
