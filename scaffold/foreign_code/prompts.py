"""Prompts of an interpreter in front of pasted lines: `>>> x = Dense(8)(x)`."""

from __future__ import annotations

import re

REASON = "an interpreter's prompt is not part of the code"
_PROMPT = re.compile(r"(?m)^([ \t]*(?:- +)?)(>>> ?|\.\.\. |In \[\d+\]: ?)")


def without_prompts(text: str) -> str:
    """Put blanks in the place of prompts, so that all else keeps its place."""
    return _PROMPT.sub(lambda match: match[1] + " " * len(match[2]), text)


def prompted(text: str) -> frozenset[int]:
    """Return the lines that begin with a prompt."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return frozenset(at for at, line in enumerate(lines, 1) if _PROMPT.match(line))
