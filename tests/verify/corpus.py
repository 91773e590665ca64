"""Shared by the tests of whole specs: the backend, and the list of failures."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from scaffold.verify.types import ALL, Job, Outcome

BACKEND = os.environ.get("KERAS_SCAFFOLD_TEST_BACKEND", "tensorflow")
"""The backend for the corpus; see `make test-backends`."""


def faults(jobs: Sequence[Job], outcomes: Iterable[Outcome]) -> list[str]:
    """Return a line for every outcome that did not pass."""
    lines = []
    for outcome in outcomes:
        if outcome.says == "failed" and outcome.job == ALL:
            lines += [diagnostic.message for diagnostic in outcome.diagnostics]
        elif outcome.says == "failed":
            job = jobs[outcome.job]
            label = job.candidates[outcome.candidate].label
            for diagnostic in outcome.diagnostics:
                place = f"{diagnostic.span.line}:{diagnostic.span.column}"
                where = f"{job.name} ({label}), {outcome.check}"
                lines.append(f"{where}: {diagnostic.code} {place} {diagnostic.message}")
    return lines
