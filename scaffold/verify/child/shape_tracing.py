"""Infers the output shapes of all entries with Keras, on symbolic tensors."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.ir.types import Origin
from scaffold.shapes import Shape, text
from scaffold.verify.reference.model import trace
from scaffold.verify.types import Job, Outcome


class Sizes:
    """Traces the reference of a job, and reports shapes instead of examining code."""

    def __init__(self, job: Job, number: int) -> None:
        """Store the job, and its number in messages."""
        self._job, self._number = job, number

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Build the model of the job, whatever the candidate is.

        Yields:
            One outcome: the findings, and the shapes of the entries that can be built.
        """
        assert self._job.model is not None
        reference = trace(self._job.model)
        calls: dict[Origin, list[tuple[Shape, ...]]] = {}
        for path, result in reference.shapes.items():
            calls.setdefault(path[-1], []).extend(result)
        descriptions = ((origin, text(result)) for origin, result in calls.items())
        yield Outcome(
            self._number,
            candidate,
            "build",
            "failed" if reference.diagnostics else "passed",
            diagnostics=tuple(reference.diagnostics),
            shapes=tuple(
                (origin, description)
                for origin, description in descriptions
                if description
            ),
        )
