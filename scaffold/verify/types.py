"""The jobs that are run, and the outcomes of their checks."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from scaffold.diagnostics import Diagnostic
from scaffold.ir import ModelIR
from scaffold.ir.types import Origin

Check = Literal[
    "import",
    "build",
    "summary",
    "parameters",
    "layers",
    "forward",
    "output",
    "masks",
    "training",
    "mixed precision",
    "save",
    "config",
    "export",
    "main",
]
"""The checks, in order."""

Says = Literal["passed", "failed", "skipped", "unfinished"]
"""The result of a check; "unfinished" if it ran out of time or memory."""

CHECKS: tuple[Check, ...] = get_args(Check)

GIBIBYTE = 1 << 30

ALL = -1
"""The number for all jobs or all candidates in an outcome."""


class Candidate(NamedTuple):
    """A module to run.

    Attributes:
        label: Its name in a report: a style, or a file.
        path: The name of the file, for findings about its lines.
        text: Its source.
        style: Its style, `""` if unknown.
        origins: Lines, each with the entry of the spec that it comes from.
    """

    label: str
    path: str
    text: str
    style: str
    origins: tuple[tuple[int, Origin], ...]


class Job(NamedTuple):
    """Modules that should define the same model.

    Attributes:
        name: Its name in a report: the spec's file.
        model: The model of the spec, `None` for a module without a spec.
        candidates: The modules.
    """

    name: str
    model: ModelIR | None
    candidates: tuple[Candidate, ...]


class Outcome(NamedTuple):
    """The outcome of one check of one candidate.

    Attributes:
        job: The job's number; `ALL` for an outcome of all jobs.
        candidate: The candidate's number in its job, or `ALL`.
        check: The check.
        says: Whether the check passed, failed, was skipped, or is unfinished.
        detail: A short text: `29,194`, or why the check was skipped.
        diagnostics: The findings.
        shapes: The output shapes of entries as text, if requested.
    """

    job: int
    candidate: int
    check: Check
    says: Says
    detail: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    shapes: tuple[tuple[Origin, str], ...] = ()
