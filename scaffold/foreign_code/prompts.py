"""Recognize interpreter prompts in pasted lines: `>>> x = Dense(8)(x)`."""

from __future__ import annotations

import re

REASON = "an interpreter's prompt is not part of the code"
_PROMPT = re.compile(r"(?m)^([ \t]*(?:- +)?)(>>> ?|\.\.\. |In \[\d+\]: ?)")


def without_prompts(text: str) -> str:
    """Replace prompts by spaces, so that line and column numbers stay the same."""
    return _PROMPT.sub(lambda match: match[1] + " " * len(match[2]), text)


def prompted(text: str) -> frozenset[int]:
    """Return the numbers of the lines that start with a prompt."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return frozenset(at for at, line in enumerate(lines, 1) if _PROMPT.match(line))
