"""The time and memory that candidates may use, measured on the model of the spec."""

from __future__ import annotations

import math
from time import process_time

import numpy as np

from scaffold.verify.processes.limits import available, resident
from scaffold.verify.reference.model import ReferenceModel

_MEBIBYTE = 1 << 20

_TIMES = 20
"""A candidate may take this many times as long as the model of the spec.

The model of the spec is built, run and trained for a step; a candidate is also
compiled, saved, loaded, exported, and created from its config.
"""

_COPIES = 20
"""How many copies of the weights may be in memory: gradients, optimizer state, buffers
of compilers, and models that are loaded or created from the config."""

_COPIES_OF_REFERENCE = 6
_BATCHES = 4
_PARAMETERS_A_SECOND = 1_000_000
_SHARE = 0.8
"""The share of the available memory that a large model may use."""


class BudgetMeter:
    """Measures the time and memory of the model of a spec."""

    def __init__(self) -> None:
        """Start the measurement, before the model is built."""
        self._start_seconds, self._start_memory = process_time(), resident()

    def for_reference(self, reference: ReferenceModel) -> tuple[int, int]:
        """Return the seconds and mebibytes to prepare a reference that is built."""
        size = _size(reference)
        seconds = math.ceil(size / 4 / _PARAMETERS_A_SECOND)
        return seconds, _mebibytes(_COPIES_OF_REFERENCE * size)

    def for_candidates(self, reference: ReferenceModel) -> tuple[int, int]:
        """Return the seconds and mebibytes for a candidate, after the reference ran."""
        size = _size(reference)
        used = max(0, resident() - self._start_memory - size)
        seconds = math.ceil(_TIMES * (process_time() - self._start_seconds))
        return seconds, _mebibytes(_COPIES * size + _BATCHES * used)


def _size(reference: ReferenceModel) -> int:
    """Return the bytes of all weights, with four bytes for each number."""
    weights = {id(w): w for layer in reference.layers.values() for w in layer.weights}
    return sum(4 * int(np.prod(weight.shape)) for weight in weights.values())


def _mebibytes(size: int) -> int:
    """Return an amount of memory in mebibytes, limited by the available memory."""
    free = available()
    if free is not None:
        size = min(size, int(_SHARE * free))
    return max(0, size) // _MEBIBYTE
