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
