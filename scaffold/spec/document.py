"""A data file as a tree whose nodes know their location in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Any, NamedTuple

from scaffold.diagnostics import Span
from scaffold.spec.places import indices, line_starts, width

CALLABLE = re.compile(r"[A-Z]\w*|ops\.\w+|reuse|recurse|loop")
"""A key of an entry that names the layer or function to call."""


class Raw:
    """The source text of a string, used to locate parts of the string.

    Attributes:
        value: The value of the string.
        text: The whole file.
        start: The index of the string's first character, quotes included.
        end: The index after its last character.
        quote: `'` or `"`, `|` or `>` for YAML's block strings, `""` if unquoted.
        is_verbatim: Whether the value is identical to the text between the quotes.
    """

    def __init__(self, value: str, text: str, start: int, end: int, quote: str) -> None:
        """Store the range; `indices` and `lines` are computed on first use."""
        self.value, self.text, self.quote = value, text, quote
        self.start, self.end = start, end
        self.is_verbatim = len(value) == end - start - 2 * len(quote)

    @cached_property
    def indices(self) -> list[int]:
        """The index in the file of each character of the value."""
        return indices(self.value, self.text, self.start, self.end, self.quote)

    @cached_property
    def lines(self) -> list[int]:
        """The start index of each line of the string; the first is `start`."""
        return line_starts(self.text, self.start, self.end)


class Date(str):
    """A TOML date or time, as its text: a spec may use it as a string."""


class Scalar(NamedTuple):
    """A number, a string, a boolean or null."""

    value: str | float | bool | None
    span: Span
    raw: Raw | None = None
    numeral: str | None = None
    """The text of a number in Python, spelled as in the file."""


class Items(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    span: Span


class Table(NamedTuple):
    """A mapping with unique string keys, in the order of the file."""

    pairs: tuple[tuple[Scalar, Node], ...]
    span: Span


Node = Scalar | Items | Table


def plain(node: Node) -> Any:
    """Convert a node to dictionaries, lists and scalars, without locations."""
    if isinstance(node, Table):
        return {str(key.value): plain(value) for key, value in node.pairs}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return node.value


def describe(node: Node) -> str:
    """Return the name of a node's kind for messages, such as "a list"."""
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Table):
        return "a mapping"
    if node.value is None:
        return "an empty value"
    if isinstance(node.value, bool):
        return "a boolean"
    if isinstance(node.value, Date):
        return "a date"
    return "a string" if isinstance(node.value, str) else "a number"


def place(scalar: Scalar, start: int, length: int = 1) -> Span:
    """Return the location in the file of a substring of a string's value.

    Args:
        scalar: A node whose value is a string.
        start: The index of the substring in the value.
        length: The length of the substring.

    Returns:
        The exact location if the raw text is known, else that of the whole string.
    """
    span, raw = scalar.span, scalar.raw
    if raw is None or not raw.value:
        return span
    size = len(raw.value)
    first = start if start < size else size - 1
    last = max(min(first + length, size) - 1, first)
    if raw.is_verbatim and span.line == span.end_line:
        column = span.column + len(raw.quote)
        return Span(span.path, span.line, column + first, span.line, column + last + 1)
    if not raw.indices:
        return span
    begin, at = raw.indices[first], raw.indices[last]
    end = at + width(raw.text, at, raw.quote)
    return Span(
        span.path, *_line_column(raw, begin, span), *_line_column(raw, end, span)
    )


def _line_column(raw: Raw, index: int, span: Span) -> tuple[int, int]:
    line = bisect_right(raw.lines, index) - 1
    column = span.column if line == 0 else 1
    return span.line + line, column + index - raw.lines[line]
