"""Examiners that skip slow checks for sequential and functional models."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keras

from scaffold.verify.child.examine import Examiner
from scaffold.verify.types import Job, Outcome

ROWS_BRIEFLY = f"{__name__}:RowsBriefly"
CLASSES_TRACED = f"{__name__}:ClassesTraced"

LAST = {"sequential": "masks", "functional": "config"}
"""The last check of a style: up to `masks`, a layer is created, called and compared.

Classes are exported, too; Keras exports a functional model of a layer in the same way.
"""


class RowsBriefly(Examiner):
    """Skips the later checks for sequential and functional models; see `LAST`."""

    def __init__(self, job: Job, number: int) -> None:
        """Store the styles of the candidates."""
        super().__init__(job, number)
        self._styles = [candidate.style for candidate in job.candidates]

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Examine a candidate, up to the last check of its style."""
        for outcome in super().examine(candidate):
            yield outcome
            if LAST.get(self._styles[candidate]) == outcome.check:
                return


class ClassesTraced(Examiner):
    """Trains sequential and functional models eagerly, even with `compile` in the spec.

    Their steps contain no generated Python code that could fail in a trace, and the
    code for `compile` is the same in all styles. The graphs of classes are run without
    optimization, which would take longer than a step.
    """

    def __init__(self, job: Job, number: int) -> None:
        """Store the styles of the candidates."""
        super().__init__(job, number)
        self._styles = [candidate.style for candidate in job.candidates]

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Examine a candidate with all checks, eagerly unless it is a class."""
        if self._styles[candidate] == "subclass":
            with _as_traced():
                yield from super().examine(candidate)
        else:
            with _untraced():
                yield from super().examine(candidate)


@contextmanager
def _as_traced() -> Iterator[None]:
    """Turn off TensorFlow's optimization of traced graphs."""
    if keras.backend.backend() != "tensorflow":
        yield
        return
    import tensorflow as tf

    options = tf.config.optimizer
    options.set_experimental_options({"disable_meta_optimizer": True})
    try:
        yield
    finally:
        options.set_experimental_options({"disable_meta_optimizer": False})


@contextmanager
def _untraced() -> Iterator[None]:
    """Run TensorFlow's functions eagerly, since tracing takes longer than a step."""
    if keras.backend.backend() != "tensorflow":
        yield
        return
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(False)
