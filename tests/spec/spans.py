"""Places in a text, as editors count them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scaffold.diagnostics import Span

_BREAK = re.compile("\r\n|\r|\n")


def starts(text: str) -> list[int]:
    """Gives the index at which each line begins."""
    return [0, *(match.end() for match in _BREAK.finditer(text))]


def cut(text: str, span: Span) -> str:
    """Cuts the piece out of a text that a span names; the span has to lie in it."""
    lines = [*starts(text), len(text) + 1]
    first, last = lines[span.line - 1], lines[span.end_line - 1]
    start, end = first + span.column - 1, last + span.end_column - 1
    assert 1 <= span.line <= span.end_line < len(lines), span
    assert first <= start < lines[span.line], span
    assert last <= end < lines[span.end_line], span
    assert start <= end <= len(text), span
    return text[start:end]


def spans(results: Any) -> Iterator[Span]:
    """Finds all spans within nested tuples."""
    if isinstance(results, Span):
        yield results
    elif isinstance(results, tuple):
        for item in results:
            yield from spans(item)
