"""Maps lines of generated code to locations in the spec."""

from __future__ import annotations

from scaffold.diagnostics import Span
from scaffold.ir.types import Origin
from scaffold.verify.types import Candidate, Job


def line_span(job: Job, candidate: Candidate, line: int) -> Span:
    """Return the location to report for a line: its entry's, or the line itself.

    Args:
        job: The job.
        candidate: One of its candidates.
        line: A line of the candidate's text, 0 for the whole file.
    """
    origin = dict(candidate.origins).get(line)
    entry = span_of(job, origin) if origin else None
    return entry or _whole_line(candidate, line)


def _whole_line(candidate: Candidate, line: int) -> Span:
    lines = candidate.text.split("\n")
    if not 0 < line <= len(lines):
        return Span(candidate.path)
    text = lines[line - 1].rstrip()
    indent = len(text) - len(text.lstrip())
    return Span(candidate.path, line, indent + 1, line, len(text) + 1)


def span_of(job: Job, origin: Origin) -> Span | None:
    """Return the location of an entry in its spec."""
    node = job.model.node(origin) if job.model is not None else None
    return node.span if node is not None else None
