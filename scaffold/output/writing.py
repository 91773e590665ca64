"""A plan carried out: every file of it, or none."""

from __future__ import annotations

from pathlib import Path

from scaffold.diagnostics import Diagnostic, Refused
from scaffold.output.disk import FileState, look
from scaffold.output.errors import blaming, refusal
from scaffold.output.journal import Journal
from scaffold.output.temporary import sweep
from scaffold.output.types import Plan, PlannedStep


def write(plan: Plan) -> tuple[Diagnostic, ...]:
    """Carry a plan out.

    All contents are first put in temporary files beside their targets, and synced. Only
    then each is renamed to its target, which holds its old or its new text at any
    moment, and never half. A failure or an interrupt on the way undoes everything.

    Args:
        plan: The plan. One that has findings is not carried out.

    Returns:
        What went wrong, in which case no file was changed; empty if all is well.
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
            with blaming(step.target.path):
                staged = journal.stage(step.target.path, step.target.content, seen)
                ready.append((step, staged))
    for step, staged in ready:
        _look_again(step, plan.root)
        with blaming(step.target.path):
            journal.swap(staged)


def _look_again(step: PlannedStep, root: Path | None) -> FileState | None:
    """Read the target anew, and refuse it if it is not what the plan was made for."""
    path = step.target.path
    seen = look(path, root)
    if (None if seen is None else seen.text) != step.before:
        message = "the file was changed by somebody else just now"
        advice = "run again; see what would change with --diff, replace with --force"
        raise refusal("KS601", message, path, advice)
    return seen
