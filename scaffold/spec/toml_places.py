"""Locations of the keys and values of a TOML document.

The parser of the standard library returns values without locations. This scanner runs
first and returns locations without values. It stops silently at invalid TOML, which the
parser then reports, and rejects documents that exceed a limit.
"""

from __future__ import annotations

import re
import tomllib

from scaffold.spec.limits import (
    DEEPEST,
    FEWER,
    LESS_DEEP,
    MOST_NODES,
    TOO_DEEP,
    too_much,
)
from scaffold.spec.places import Lines

Path = tuple[str | int, ...]
"""The keys and indices that lead to a value."""

Stretch = tuple[int, int]
"""A range of the text: the first index, and the index after the last."""

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_STRING = r""" "[^"\\\n]*(?:\\.[^"\\\n]*)*" | '[^'\n]*' """
_KEY = re.compile(
    rf"[ \t]*(?P<part> {_STRING} | [\w-]+ )[ \t]*(?P<dot>\.?)", re.VERBOSE
)
_VALUE = re.compile(
    # Multi-line strings, other strings, and values without quotes.
    rf"""
    \"{{3}} [^"\\]* (?: (?: \\. | "{{1,2}}(?!") ) [^"\\]* )* "{{3,5}}
    | '{{3}} [^']* (?: '{{1,2}}(?!') [^']* )* '{{3,5}}
    | {_STRING}
    | [^][{{}}"'#,\s]+ (?: [ ][0-9][^][{{}}"'#,\s]* )?
    """,
    re.VERBOSE | re.DOTALL,
)


class Places:
    """The locations of all keys and values, by path.

    Attributes:
        end: The index up to which the scanner read the text as TOML.
        keys: The range of each key, or of the header that names it.
        values: The range of each value; that of a table is its header.
    """

    def __init__(self) -> None:
        """Start without locations."""
        self.end = 0
        self.keys: dict[Path, Stretch] = {}
        self.values: dict[Path, Stretch] = {}


def find_places(text: str, lines: Lines) -> Places:
    """Locate the keys and values of a TOML document, up to the first error.

    Args:
        text: The file's text.
        lines: The lines of the text.

    Raises:
        Refused: The document is nested too deep, or has too many values.
    """
    scanner = _TomlPlaceScanner(text, lines)
    try:
        scanner.document()
    except _NotToml:
        pass
    scanner.places.end = scanner.at
    return scanner.places


class _NotToml(Exception):
    """Raised where the text is not TOML."""


class _TomlPlaceScanner:
    """Scans a document, and records the locations."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text, self.lines, self.at = text, lines, 0
        self.places = Places()
        self.counts: dict[Path, int] = {}
        """The number of tables in each list of tables so far."""

    def document(self) -> None:
        table: Path = ()
        self.gap()
        while self.at < len(self.text):
            if self.has("[["):
                table = self.key((), "]]", is_list=True)
            elif self.has("["):
                table = self.key((), "]")
            else:
                self.value(self.key(table, "="))
            self.gap()

    def has(self, sign: str) -> bool:
        """Skip a sign if it comes next; return whether it does."""
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def gap(self) -> None:
        """Skip whitespace, line ends and comments."""
        if match := _GAP.match(self.text, self.at):
            self.at = match.end()

    def key(self, path: Path, end: str, *, is_list: bool = False) -> Path:
        """Read a key or header, and return its path."""
        is_header = end != "="
        place = (self.at, self.at)
        while match := _KEY.match(self.text, self.at):
            self.at, place = match.end(), match.span("part")
            path = (*path, _name(match["part"]))
            self.check_depth(path, place[0])
            self.places.keys.setdefault(path, place)
            self.places.values.setdefault(path, place)
            if not match["dot"]:
                break
            path = self.last_of(path) if is_header else path
        if not self.has(end):
            raise _NotToml
        if is_list:
            self.counts[path] = self.counts.get(path, 0) + 1
            self.places.values[self.last_of(path)] = place
        return self.last_of(path) if is_header else path

    def last_of(self, path: Path) -> Path:
        """Return the path of the last table if `path` is a list of tables."""
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def check_depth(self, path: Path, at: int) -> None:
        if len(path) > DEEPEST:
            message = TOO_DEEP
            raise too_much(message, self.lines.span(at, at + 1), LESS_DEEP)

    def value(self, path: Path) -> None:
        """Read a value."""
        self.gap()
        start = self.at
        self.check_depth(path, start)
        if self.has("["):
            self.list(path)
        elif self.has("{"):
            self.table(path)
        elif match := _VALUE.match(self.text, start):
            self.at = match.end()
        else:
            raise _NotToml
        self.places.values[path] = (start, self.at)
        if len(self.places.values) > MOST_NODES:
            message = f"more than {MOST_NODES:,} values"
            raise too_much(message, self.lines.span(start, self.at), FEWER)

    def list(self, path: Path) -> None:
        """Read a list after its `[`."""
        self.gap()
        index = 0
        while not self.has("]"):
            self.value((*path, index))
            self.separator("]")
            index += 1

    def table(self, path: Path) -> None:
        """Read an inline table after its `{`."""
        self.gap()
        while not self.has("}"):
            self.value(self.key(path, "="))
            self.separator("}")

    def separator(self, end: str) -> None:
        """Skip a comma, which is optional before the end."""
        self.gap()
        if not self.has(",") and not self.text.startswith(end, self.at):
            raise _NotToml
        self.gap()


def _name(part: str) -> str:
    """Return the name of a key, which may be quoted."""
    if part[0] == "'" or (part[0] == '"' and "\\" not in part):
        return part[1:-1]
    if part[0] != '"':
        return part
    try:
        return str(tomllib.loads(f"key = {part}")["key"])
    except tomllib.TOMLDecodeError as error:
        raise _NotToml from error
