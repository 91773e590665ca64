"""Shorten long words in messages, which may quote a file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scaffold.diagnostics.diagnostic import Diagnostic

_LONGEST = 400
_LONG_WORD = re.compile(r"[^\s`]{200,}")
_SHOWN = 60


def bounded(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Shorten words of 200 characters and more in messages and help.

    Args:
        diagnostics: The findings, whose messages may quote the file.
    """
    return tuple(
        diagnostic._replace(
            message=_shortened(diagnostic.message), help=_shortened(diagnostic.help)
        )
        for diagnostic in diagnostics
    )


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return _LONG_WORD.sub(lambda match: f"{match[0][:_SHOWN]}...", text)
