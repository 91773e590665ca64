"""What is run, and what comes of it."""

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
"""What is looked at, in this order."""

Says = Literal["passed", "failed", "skipped", "unfinished"]
"""What comes of a check. Without time or memory enough, nothing is known."""

CHECKS: tuple[Check, ...] = get_args(Check)

GIBIBYTE = 1 << 30

ALL = -1
"""In an outcome, the number that stands for all jobs and all candidates."""


class Candidate(NamedTuple):
    """A module to run.

    Attributes:
        label: What it is called in a report: a style, or a file.
        path: The file's name, in findings about lines of the code itself.
        text: Its source.
        style: Its style, `""` where that is not known.
        origins: The lines that come from an entry of the spec.
    """

    label: str
    path: str
    text: str
    style: str
    origins: tuple[tuple[int, Origin], ...]


class Job(NamedTuple):
    """Modules that are to be one model.

    Attributes:
        name: What it is called in a report: the spec's file.
        model: What the spec says, `None` for a module by itself.
        candidates: The modules.
    """

    name: str
    model: ModelIR | None
    candidates: tuple[Candidate, ...]


class Outcome(NamedTuple):
    """What came of one check of one candidate.

    Attributes:
        job: The job's number; `ALL` where the matter is none of a single job's.
        candidate: The candidate's number in its job; `ALL` likewise.
        check: What was looked at.
        says: Whether that is as it should be, could not be looked at, or was given up.
        detail: In a few words: `29,194`, or why it was left out.
        diagnostics: What is wrong.
        shapes: What entries give, as text, where that was asked for.
    """

    job: int
    candidate: int
    check: Check
    says: Says
    detail: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    shapes: tuple[tuple[Origin, str], ...] = ()
