"""The columns that text takes on a screen, as linters count them."""

from __future__ import annotations

from unicodedata import east_asian_width


def columns(text: str) -> int:
    """Count columns: two for each wide character, one for any other."""
    if text.isascii():
        return len(text)
    return len(text) + sum(east_asian_width(character) in "WF" for character in text)


def wrap(text: str, width: int, indent: str = "", more: str = "") -> list[str]:
    """Break text into lines at blanks; words wider than a line are cut.

    Args:
        text: The text; runs of blanks count as one.
        width: The most columns of a line, the indent included.
        indent: What the first line begins with.
        more: What every other line begins with.
    """
    lines, line, is_empty = [], indent, True
    for word in text.split():
        if not is_empty and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line, is_empty = more, True
        line = line + word if is_empty else f"{line} {word}"
        is_empty = False
        while columns(line) > width and len(line) > len(more) + 1:
            kept = _fitting(line, width)
            lines.append(line[:kept])
            line = more + line[kept:]
    return lines if is_empty else [*lines, line]


def _fitting(line: str, width: int) -> int:
    """Count the characters of a line that fit into a width."""
    used = 0
    for number, character in enumerate(line):
        used += columns(character)
        if used > width:
            return number
    return len(line)
