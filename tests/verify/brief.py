"""An examiner that spares a row of layers what Keras does for any row alike."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.verify.examine import Examiner
from scaffold.verify.types import Job, Outcome

NAME = f"{__name__}:BriefExaminer"

LAST = "masks"
"""The last check of a row: up to there, the layer is made, called and compared."""


class BriefExaminer(Examiner):
    """Trains, saves and remakes graphs and classes only, and looks at all else."""

    def __init__(self, job: Job, number: int) -> None:
        """Keeps which candidates are rows of layers."""
        super().__init__(job, number)
        self._styles = [one.style for one in job.candidates]

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Examines a candidate, to the end unless it is a row."""
        for outcome in super().examine(candidate):
            yield outcome
            if self._styles[candidate] == "sequential" and outcome.check == LAST:
                return
