"""What a model needs of time and memory, by what the model of its spec needs."""

from __future__ import annotations

import math
from time import process_time

import numpy as np

from scaffold.verify.limits import available, resident
from scaffold.verify.reference import ReferenceModel

_MEBIBYTE = 1 << 20

_TIMES = 20
"""How many times as long as the model of the spec takes, a candidate may take.

That is built, run and trained for a step; a candidate is also compiled, saved, loaded,
exported, and made again.
"""

_COPIES = 20
"""How many copies of its weights may be in memory: gradients, what an optimizer keeps,
what a compiler makes room for, and the models that are loaded and made again."""

_COPIES_OF_REFERENCE = 6
_BATCHES = 4
_PARAMETERS_A_SECOND = 1_000_000
_SHARE = 0.8
"""The part of the memory at hand that a large model may take."""


class BudgetMeter:
    """Measures the model of a spec while it is prepared."""

    def __init__(self) -> None:
        """Begin before it is built."""
        self._begun, self._held = process_time(), resident()

    def while_prepared(self, reference: ReferenceModel) -> tuple[int, int]:
        """Return the seconds and mebibytes that a reference needs, once it is built."""
        size = _size(reference)
        seconds = math.ceil(size / 4 / _PARAMETERS_A_SECOND)
        return seconds, _at_hand(_COPIES_OF_REFERENCE * size)

    def of_candidates(self, reference: ReferenceModel) -> tuple[int, int]:
        """Return the seconds and mebibytes that a candidate needs, once it was run."""
        size = _size(reference)
        taken = max(0, resident() - self._held - size)
        seconds = math.ceil(_TIMES * (process_time() - self._begun))
        return seconds, _at_hand(_COPIES * size + _BATCHES * taken)


def _size(reference: ReferenceModel) -> int:
    """Return the bytes of all weights, of four bytes each."""
    weights = {id(w): w for layer in reference.layers.values() for w in layer.weights}
    return sum(4 * int(np.prod(weight.shape)) for weight in weights.values())


def _at_hand(wanted: int) -> int:
    """Return an amount of memory in mebibytes, at most what the machine can give."""
    free = available()
    if free is not None:
        wanted = min(wanted, int(_SHARE * free))
    return max(0, wanted) // _MEBIBYTE
