"""Examiners that spare Keras's own sorts of models what only a class can fail at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keras

from scaffold.verify.examine import Examiner
from scaffold.verify.types import Job, Outcome

ROWS_BRIEFLY = f"{__name__}:RowsBriefly"
CLASSES_TRACED = f"{__name__}:ClassesTraced"

LAST = {"sequential": "masks", "functional": "config"}
"""The last check of a style: up to `masks`, a layer is made, called and compared.

A class is exported as well; Keras exports a graph of the same layer in the same way.
"""


class RowsBriefly(Examiner):
    """Trains, saves and remakes graphs and classes only, and looks at all else."""

    def __init__(self, job: Job, number: int) -> None:
        """Keeps which candidates are rows of layers."""
        super().__init__(job, number)
        self._styles = [one.style for one in job.candidates]

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Examines a candidate, to the end if it is a class."""
        for outcome in super().examine(candidate):
            yield outcome
            if LAST.get(self._styles[candidate]) == outcome.check:
                return


class ClassesTraced(Examiner):
    """Trains rows and graphs step by step, even where a spec says how to compile.

    There is no Python of ours in a step of theirs that might not become a graph, and
    what is written for `compile` is the same in all styles. The graphs of classes are
    run as they were traced: to make them faster takes longer than a step.
    """

    def __init__(self, job: Job, number: int) -> None:
        """Keeps which candidates are classes."""
        super().__init__(job, number)
        self._styles = [one.style for one in job.candidates]

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Examines a candidate as ever, but for how it is run."""
        if self._styles[candidate] == "subclass":
            with _as_traced():
                yield from super().examine(candidate)
        else:
            with _untraced():
                yield from super().examine(candidate)


@contextmanager
def _as_traced() -> Iterator[None]:
    """Has TensorFlow leave the graphs alone that it has traced."""
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
    """Has TensorFlow run functions as they are; tracing takes longer than a step."""
    if keras.backend.backend() != "tensorflow":
        yield
        return
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(False)
