"""What the tests of whole specs share: the backend, and what counts as a fault."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from scaffold.verify.types import ALL, Job, Outcome

BACKEND = os.environ.get("KERAS_SCAFFOLD_TEST_BACKEND", "tensorflow")
"""The backend that the corpus is verified with; see `make test-backends`."""


def faults(jobs: Sequence[Job], outcomes: Iterable[Outcome]) -> list[str]:
    """Writes a line for everything that did not pass."""
    lines = []
    for one in outcomes:
        if one.says == "failed" and one.job == ALL:
            lines += [found.message for found in one.diagnostics]
        elif one.says == "failed":
            job = jobs[one.job]
            label = job.candidates[one.candidate].label
            for found in one.diagnostics:
                place = f"{found.span.line}:{found.span.column}"
                where = f"{job.name} ({label}), {one.check}"
                lines.append(f"{where}: {found.code} {place} {found.message}")
    return lines
