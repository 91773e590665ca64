"""Measure and wrap text in columns, as linters count them."""

from __future__ import annotations

from unicodedata import east_asian_width


def columns(text: str) -> int:
    """Count columns: two for each wide character, one for any other."""
    if text.isascii():
        return len(text)
    return len(text) + sum(east_asian_width(character) in "WF" for character in text)


def wrap(text: str, width: int, indent: str = "", more: str = "") -> list[str]:
    """Wrap text at spaces; split words wider than a line.

    Args:
        text: The text; consecutive spaces count as one.
        width: The maximum columns of a line, including the indent.
        indent: The indent of the first line.
        more: The indent of the other lines.
    """
    lines, line, is_empty = [], indent, True
    for word in text.split():
        if not is_empty and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line, is_empty = more, True
        line = line + word if is_empty else f"{line} {word}"
        is_empty = False
        while columns(line) > width and len(line) > len(more) + 1:
            count = _fitting(line, width)
            lines.append(line[:count])
            line = more + line[count:]
    return lines if is_empty else [*lines, line]


def _fitting(line: str, width: int) -> int:
    """Return how many characters of a line fit into a width."""
    used = 0
    for number, character in enumerate(line):
        used += columns(character)
        if used > width:
            return number
    return len(line)
