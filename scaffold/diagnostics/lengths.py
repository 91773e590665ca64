"""Words of a file in messages, cut where they are too long to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scaffold.diagnostics.diagnostic import Diagnostic

_LONGEST = 400
_LONG_WORD = re.compile(r"[^\s`]{200,}")
_KEPT = 60


def bounded(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Cut words of 200 characters and more in messages and help.

    Args:
        diagnostics: The findings, whose messages may quote the file.
    """
    return tuple(
        diagnostic._replace(
            message=_cut(diagnostic.message), help=_cut(diagnostic.help)
        )
        for diagnostic in diagnostics
    )


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return _LONG_WORD.sub(lambda word: f"{word[0][:_KEPT]}...", text)
