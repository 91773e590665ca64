"""Writes the outcomes of the checks as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scaffold.diagnostics import Diagnostic, report
from scaffold.verify.types import CHECKS, Check, Job, Outcome

_WORST = ("skipped", "passed", "unfinished", "failed")
_GAP = "  "


def table(number: int, job: Job, outcomes: Iterable[Outcome]) -> str:
    """Return a job's table: a row for each check, a column for each candidate.

    Args:
        number: The job's number.
        job: The job.
        outcomes: The outcomes; those of other jobs are ignored.
    """
    merged = _merged(number, outcomes)
    columns = range(len(job.candidates))
    rows = [["", *(candidate.label for candidate in job.candidates)]]
    for check in CHECKS:
        cells = [_cell(merged.get((column, check))) for column in columns]
        if any(cell != "-" for cell in cells):
            rows.append([check, *cells])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        _GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    title = job.name if job.model else f"{job.name} (without a spec)"
    return "".join(f"{line.rstrip()}\n" for line in (_plain(title), *lines))


def to_json(
    jobs: Sequence[Job], outcomes: Sequence[Outcome], diagnostics: Iterable[Diagnostic]
) -> str:
    """Return jobs, outcomes and findings as JSON.

    Args:
        jobs: The jobs.
        outcomes: The outcomes of the jobs.
        diagnostics: All findings, including those of specs that were not run.
    """
    content = {
        "jobs": [_job(number, job, outcomes) for number, job in enumerate(jobs)],
        "findings": _rows(diagnostics),
    }
    return json.dumps(content, indent=2) + "\n"


def _job(number: int, job: Job, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    merged = _merged(number, outcomes)
    return {
        "name": job.name,
        "has_spec": job.model is not None,
        "candidates": [
            {
                "label": candidate.label,
                "path": candidate.path,
                "style": candidate.style,
                "outcomes": [
                    _outcome(merged[column, check])
                    for check in CHECKS
                    if (column, check) in merged
                ],
            }
            for column, candidate in enumerate(job.candidates)
        ],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "check": outcome.check,
        "says": outcome.says,
        "detail": outcome.detail,
        "findings": _rows(outcome.diagnostics),
    }


def _rows(diagnostics: Iterable[Diagnostic]) -> Any:
    return json.loads(report(diagnostics, "json"))


def _merged(
    number: int, outcomes: Iterable[Outcome]
) -> Mapping[tuple[int, Check], Outcome]:
    """Return one outcome for each check of each candidate: the worst one."""
    merged: dict[tuple[int, Check], Outcome] = {}
    for outcome in outcomes:
        if outcome.job != number:
            continue
        key = (outcome.candidate, outcome.check)
        other = merged.get(key, outcome)
        worse = max(other, outcome, key=lambda item: _WORST.index(item.says))
        diagnostics = (
            outcome.diagnostics
            if other is outcome
            else (*other.diagnostics, *outcome.diagnostics)
        )
        merged[key] = worse._replace(diagnostics=diagnostics)
    return merged


def _cell(outcome: Outcome | None) -> str:
    if outcome is None or outcome.says == "skipped":
        return "-"
    if outcome.says == "unfinished":
        return "not finished"
    if outcome.says == "passed":
        return _plain(outcome.detail) or "ok"
    codes = dict.fromkeys(diagnostic.code for diagnostic in outcome.diagnostics)
    return " ".join(("failed", *codes))


def _plain(text: str) -> str:
    """Replace characters that could control a terminal."""
    return "".join(character if character.isprintable() else "?" for character in text)
