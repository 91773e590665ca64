"""What came of the checks: a table to read, and data for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scaffold.diagnostics import Diagnostic, report
from scaffold.verify.types import CHECKS, Check, Job, Outcome

_WORST = ("skipped", "passed", "unfinished", "failed")
_GAP = "  "


def table(number: int, job: Job, outcomes: Iterable[Outcome]) -> str:
    """Writes a job's table: a row for each check, a column for each candidate.

    Args:
        number: The job's number.
        job: The job.
        outcomes: What is known; those of other jobs are left out.
    """
    merged = _merged(number, outcomes)
    columns = range(len(job.candidates))
    rows = [["", *(one.label for one in job.candidates)]]
    for check in CHECKS:
        cells = [_cell(merged.get((column, check))) for column in columns]
        if any(cell != "-" for cell in cells):
            rows.append([check, *cells])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        _GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    title = job.name if job.model else f"{job.name} (by itself: there is no spec)"
    return "".join(f"{line.rstrip()}\n" for line in (_plain(title), *lines))


def to_json(
    jobs: Sequence[Job], outcomes: Sequence[Outcome], found: Iterable[Diagnostic]
) -> str:
    """Writes everything as JSON.

    Args:
        jobs: The jobs.
        outcomes: What came of them.
        found: All findings, also those of specs that were not run.
    """
    content = {
        "jobs": [_job(number, job, outcomes) for number, job in enumerate(jobs)],
        "findings": _rows(found),
    }
    return json.dumps(content, indent=2) + "\n"


def _job(number: int, job: Job, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    merged = _merged(number, outcomes)
    return {
        "name": job.name,
        "has_spec": job.model is not None,
        "candidates": [
            {
                "label": one.label,
                "path": one.path,
                "style": one.style,
                "outcomes": [
                    _outcome(merged[column, check])
                    for check in CHECKS
                    if (column, check) in merged
                ],
            }
            for column, one in enumerate(job.candidates)
        ],
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    return {
        "check": one.check,
        "says": one.says,
        "detail": one.detail,
        "findings": _rows(one.found),
    }


def _rows(found: Iterable[Diagnostic]) -> Any:
    return json.loads(report(found, "json"))


def _merged(
    number: int, outcomes: Iterable[Outcome]
) -> Mapping[tuple[int, Check], Outcome]:
    """Gives one outcome for each check of each candidate: the worst, with all found."""
    merged: dict[tuple[int, Check], Outcome] = {}
    for one in outcomes:
        if one.job != number:
            continue
        key = (one.candidate, one.check)
        other = merged.get(key, one)
        worse = max(other, one, key=lambda each: _WORST.index(each.says))
        found = one.found if other is one else (*other.found, *one.found)
        merged[key] = worse._replace(found=found)
    return merged


def _cell(outcome: Outcome | None) -> str:
    if outcome is None or outcome.says == "skipped":
        return "-"
    if outcome.says == "unfinished":
        return "not finished"
    if outcome.says == "passed":
        return _plain(outcome.detail) or "ok"
    codes = dict.fromkeys(one.code for one in outcome.found)
    return " ".join(("failed", *codes))


def _plain(text: str) -> str:
    """Leaves out what could steer a terminal."""
    return "".join(one if one.isprintable() else "?" for one in text)
