"""Inserts items of a completion list into a text, like an editor."""

from __future__ import annotations

import re
from typing import Any

from tests.tools.lsp import Place

SNIPPET, AS_IT_IS = 2, 1
"""Constants of the protocol: a snippet, and insertion without indentation."""

CURSOR = "<|>"

_STOP = re.compile(
    r"\\(?P<escaped>[\\$}])"
    r'|(?<=[{\["])\$\d+(?P<nothing>)(?=[}\]"])'
    r"|\$(?:\d+|\{\d+\})"
    r"|\$\{\d+:(?P<text>(?:\\.|[^}\\])*)\}"
    r"|\$\{\d+\|(?P<first>[^,|]*)[^|]*\|\}"
)


def split(marked: str) -> tuple[str, Place]:
    """Remove the cursor mark from a text, and return its position."""
    before, after = marked.split(CURSOR)
    return before + after, place_after(before)


def place_after(before: str) -> Place:
    """Return the position after a text."""
    line = before[before.rfind("\n") + 1 :]
    return Place(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def between(text: str, values: dict[str, Any]) -> str:
    """Return the part of a text that a finding underlines."""
    start, end = (_index(text, values["range"][key]) for key in ("start", "end"))
    return text[start:end]


def taken(text: str, place: Place, item: dict[str, Any], fill: str = "") -> str:
    """Return the text with an item inserted, like VS Code.

    Args:
        text: The text.
        place: The position of the cursor.
        item: The item of the server's answer.
        fill: The text for the placeholders; empty by default.
    """
    here = place._asdict()
    edit = item.get("textEdit") or {
        "newText": item.get("insertText", item["label"]),
        "range": {"start": here, "end": here},
    }
    new: str = edit["newText"]
    if item.get("insertTextFormat") == SNIPPET:
        new = expanded(new, fill)
    within = edit.get("range") or edit["replace"]
    start, end = (_index(text, within[key]) for key in ("start", "end"))
    if item.get("insertTextMode") != AS_IT_IS:
        line = text[text.rfind("\n", 0, start) + 1 : start]
        margin = line[: len(line) - len(line.lstrip())]
        new = new.replace("\n", f"\n{margin}")
    return text[:start] + new + text[end:]


def expanded(snippet: str, fill: str) -> str:
    """Return the text of a snippet, with a text for each placeholder.

    Placeholders between brackets or quotes stay empty.
    """

    def plain(match: re.Match[str]) -> str:
        known = match["escaped"], match["nothing"], match["text"], match["first"]
        return next((item for item in known if item is not None), fill)

    return _STOP.sub(plain, snippet)


def _index(text: str, place: dict[str, int]) -> int:
    lines = text.split("\n")
    line = lines[place["line"]].encode("utf-16-le")
    before = line[: place["character"] * 2].decode("utf-16-le")
    return sum(len(line) + 1 for line in lines[: place["line"]]) + len(before)
