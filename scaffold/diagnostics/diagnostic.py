"""A finding (what is wrong, where, and how to fix it), and its code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal, NamedTuple

from scaffold.diagnostics.span import Span

Severity = Literal["error", "warning"]


class Code:
    """A code: each subclass is named like its code, and its docstring is the page."""

    name: ClassVar[str]
    """A short name of the code, in kebab-case."""


class Diagnostic(NamedTuple):
    """A finding.

    Attributes:
        code: A code, such as `KS201`.
        message: What is wrong, in one sentence without a full stop.
        span: Where it is.
        help: How to fix it.
        severity: `error` (nothing is written) or `warning`.
    """

    code: str
    message: str
    span: Span
    help: str
    severity: Severity = "error"


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any of the findings is an error."""
    return any(finding.severity == "error" for finding in diagnostics)


class Refused(Exception):
    """Raised inside a stage that cannot continue, with its findings.

    The public function of every stage catches it: callers never see it.
    """

    def __init__(self, *diagnostics: Diagnostic) -> None:
        """Store the findings in `diagnostics`."""
        super().__init__(diagnostics[0].message if diagnostics else "refused")
        self.diagnostics = diagnostics
