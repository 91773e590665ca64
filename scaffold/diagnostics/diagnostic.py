"""A finding (what is wrong, where, and how to mend it), and its code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal, NamedTuple

from scaffold.diagnostics.span import Span

Severity = Literal["error", "warning"]


class Code:
    """A code. Its subclass is called like it, and has its page for a docstring."""

    name: ClassVar[str]
    """What it is about, in words joined by hyphens."""


class Diagnostic(NamedTuple):
    """One finding, as a compiler reports it.

    Attributes:
        code: An identifier of the table of codes, such as `KS201`.
        message: One sentence without a full stop: what is wrong.
        span: Where it is.
        help: How to mend it.
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
    """Raised inside a stage that cannot go on; carries what it has found.

    Every stage's public verb catches it: no caller outside of a stage sees it.
    """

    def __init__(self, *diagnostics: Diagnostic) -> None:
        """Keep the findings in `found`."""
        super().__init__(diagnostics[0].message if diagnostics else "refused")
        self.diagnostics = diagnostics
