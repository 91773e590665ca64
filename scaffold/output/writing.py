"""Carry out a plan: write all of its files, or none."""

from __future__ import annotations

from pathlib import Path

from scaffold.diagnostics import Diagnostic, Refused
from scaffold.output.disk import FileState, read_existing
from scaffold.output.errors import refusal, reporting
from scaffold.output.journal import Journal
from scaffold.output.temporary import sweep
from scaffold.output.types import Plan, PlannedStep


def write(plan: Plan) -> tuple[Diagnostic, ...]:
    """Carry out a plan.

    All contents are first written to temporary files beside their targets and synced.
    Then each file is renamed to its target, so a target always has its complete old or
    new content. A failure or an interrupt undoes all changes.

    Args:
        plan: The plan. A plan with findings is not carried out.

    Returns:
        Findings, in which case no file was changed; empty on success.
    """
    if plan.diagnostics:
        return plan.diagnostics
    journal = Journal()
    try:
        _carry_out(plan, journal)
        journal.commit()
    except Refused as refused:
        return (*refused.diagnostics, *journal.undo())
    except BaseException:
        journal.undo()
        raise
    return ()


def _carry_out(plan: Plan, journal: Journal) -> None:
    for directory in {step.target.path.parent for step in plan.steps}:
        sweep(directory)
    ready = []
    for step in plan.steps:
        if step.writes:
            seen = _look_again(step, plan.root)
            with reporting(step.target.path):
                staged = journal.stage(step.target.path, step.target.content, seen)
                ready.append((step, staged))
    for step, staged in ready:
        _look_again(step, plan.root)
        with reporting(step.target.path):
            journal.swap(staged)


def _look_again(step: PlannedStep, root: Path | None) -> FileState | None:
    """Read the target again, and refuse it if it changed since the plan was made."""
    path = step.target.path
    seen = read_existing(path, root)
    if (None if seen is None else seen.text) != step.before:
        message = "another program changed the file during this run"
        advice = (
            "run the command again; use --diff to see the changes, --force to replace "
            "the file"
        )
        raise refusal("KS601", message, path, advice)
    return seen
