"""Findings: what is wrong, where it is, and how to fix it."""

from scaffold.diagnostics.collector import Collector
from scaffold.diagnostics.diagnostic import (
    Code,
    Diagnostic,
    Refused,
    Severity,
    has_errors,
)
from scaffold.diagnostics.report import Format, printable, report
from scaffold.diagnostics.span import Span
from scaffold.diagnostics.suggest import did_you_mean, meant_name, suggest

__all__ = [
    "Code",
    "Collector",
    "Diagnostic",
    "Format",
    "Refused",
    "Severity",
    "Span",
    "did_you_mean",
    "has_errors",
    "meant_name",
    "printable",
    "report",
    "suggest",
]
