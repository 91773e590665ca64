"""Locations in a file of the characters of a string.

YAML folds lines, and all notations have escapes, so the value of a string differs from
its text. This module decodes each kind of quoting again, to map every character of the
value to a character of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from scaffold.diagnostics import Span

_BREAK = re.compile(r"\r\n|[\r\n]")
_FOLD = r"(?P<fold>[\r\n][ \t\r\n]*)"
_ESCAPE = (
    # Two JSON escapes may encode one character; a line end may be escaped.
    r"\\u[dD][89abAB]..\\u[dD][c-fC-F].."
    r"|\\x..|\\u....|\\U........|\\(?:\r\n|[\r\n])[ \t]*|\\."
)
_SPECIAL = {"": _FOLD, "'": f"''|{_FOLD}", '"': f"{_ESCAPE}|{_FOLD}"}
"""Patterns of text that is not one literal character, by the kind of quoting."""


def indices(value: str, text: str, start: int, end: int, quote: str) -> list[int]:
    """Map each character of a string's value to its index in the file.

    Args:
        value: The value of the string.
        text: The whole file.
        start: The index of its first character in the file, quotes included.
        end: The index after its last character.
        quote: How it is quoted, as in `Raw.quote`.

    Returns:
        One index for each character of the value; empty if the text and the value do
        not match, as with line ends that exist only in YAML.
    """
    if quote in ("|", ">"):
        positions = _of_block(value, text, start, end, is_folded=quote == ">")
    else:
        positions = _of_flow(text, start + len(quote), end - len(quote), quote)
    is_right = len(positions) >= len(value) and all(
        character in " \n" or text[at : at + 1] in (character, "\\")
        for at, character in zip(positions, value, strict=False)
    )
    return positions[: len(value)] if is_right else []


@cache
def _special(quote: str) -> re.Pattern[str]:
    # Compiled on demand: most files need none, and no file more than two.
    return re.compile(_SPECIAL[quote])


def width(text: str, at: int, quote: str) -> int:
    """Return how many characters of the file encode the character at an index."""
    if quote == '"' and text[at] == "\\":
        return len(match[0]) if (match := _special('"').match(text, at)) else 1
    return 2 if quote == "'" and text.startswith("''", at) else 1


def line_starts(text: str, start: int, end: int) -> list[int]:
    """Return the start index of each line in a range of the file."""
    return [start, *(match.end() for match in _BREAK.finditer(text, start, end))]


class Lines:
    """The lines of a file, numbered as in editors."""

    def __init__(self, text: str, path: str) -> None:
        """Find where the lines of the text start."""
        self.text, self.path = text, path
        self.starts = line_starts(text, 0, len(text))

    def at(self, index: int) -> tuple[int, int]:
        """Return the line and column of a character, both counted from 1."""
        line = bisect_right(self.starts, index)
        return line, index - self.starts[line - 1] + 1

    def index(self, line: int, column: int) -> int:
        """Return the index of the character at a line and column."""
        return self.starts[min(line, len(self.starts)) - 1] + column - 1

    def span(self, start: int, end: int) -> Span:
        """Return the location of a range of the text."""
        return Span(self.path, *self.at(start), *self.at(end))

    def character(self, index: int) -> Span:
        """Return the location of one character, or of the end of a line or the file."""
        is_end = self.text[index : index + 1] in ("", "\r", "\n")
        return self.span(index, index if is_end else index + 1)


def _of_flow(text: str, start: int, end: int, quote: str) -> list[int]:
    """Map a quoted or plain string, decoding its escapes and folded lines."""
    positions: list[int] = []
    at = start
    while match := _special(quote).search(text, at, end):
        positions.extend(range(at, match.start()))
        at = match.end()
        if match["fold"] is not None:
            while positions and text[positions[-1]] in " \t":
                positions.pop()
            # One line end becomes a space; each further line end stays a line end.
            breaks = [
                line_end.start() for line_end in _BREAK.finditer(text, *match.span())
            ]
            positions.extend(breaks[1:] or breaks)
        elif match[0][1:2] not in ("\r", "\n"):
            # An escaped line end is dropped; any other escape is one character.
            positions.append(match.start())
    return [*positions, *range(at, end)]


def _of_block(
    value: str, text: str, start: int, end: int, *, is_folded: bool
) -> list[int]:
    """Map a block string, `|` or `>`."""
    lines = _lines(text, start, end)[1:]
    margin = _margin(text[line] for line in lines) - _margin(value.split("\n"))
    positions: list[int] = []
    ends: list[int] = []
    was_plain = False
    for line in lines:
        begin = min(line.start + margin, line.stop)
        if begin < line.stop:
            is_plain = is_folded and text[begin] not in " \t"
            if is_plain and was_plain:
                # YAML folds away one of the line ends before this line.
                ends = ends[1:] or ends
            positions += [*ends, *range(begin, line.stop)]
            ends, was_plain = [], is_plain
        ends.append(line.stop)
    return positions + ends


def _lines(text: str, start: int, end: int) -> list[slice]:
    """Split a range of the file into lines, without their line ends."""
    lines = []
    for match in _BREAK.finditer(text, start, end):
        lines.append(slice(start, match.start()))
        start = match.end()
    return [*lines, slice(start, end)] if start < end else lines


def _margin(lines: Iterable[str]) -> int:
    """Count the spaces before the text of the first line that has any."""
    for line in lines:
        if bare := line.lstrip(" "):
            return len(line) - len(bare)
    return 0
