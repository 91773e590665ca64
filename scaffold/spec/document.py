"""A data file as a tree in which every node knows its place."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.diagnostics import Span


class Raw(NamedTuple):
    """How a string stands in its file, for places inside of it.

    Attributes:
        text: The whole file.
        start: The index of the string's first character, quotes included.
        end: The index after its last character.
        quote: `'` or `"`, `|` or `>` for YAML's block strings, `""` for none.
    """

    text: str
    start: int
    end: int
    quote: str


class Scalar(NamedTuple):
    """A number, a string, a boolean or nothing."""

    value: str | float | bool | None
    span: Span
    raw: Raw | None = None


class Items(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    span: Span


class Table(NamedTuple):
    """A mapping, in the order of the file; its keys are strings, each once."""

    pairs: tuple[tuple[Scalar, Node], ...]
    span: Span


Node = Scalar | Items | Table


def describe(node: Node) -> str:
    """Names what a node is, in the words of a message to its author."""
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Table):
        return "a mapping"
    if node.value is None:
        return "nothing"
    if isinstance(node.value, bool):
        return "a boolean"
    return "a string" if isinstance(node.value, str) else "a number"


def place(scalar: Scalar, start: int, length: int = 1) -> Span:
    """Gives the place in the file of a piece of a string's value.

    Args:
        scalar: A node whose value is a string.
        start: The index in the value of the piece's first character.
        length: How many characters the piece has.

    Returns:
        The exact place where the string's raw text is known, else the whole string's.
    """
    span, raw = scalar.span, scalar.raw
    if raw is None:
        return span
    if not raw.quote and span.line == span.end_line:
        column = span.column + start
        end = min(column + max(length, 1), span.end_column)
        return Span(span.path, span.line, column, span.line, max(end, column))
    indices = _indices(str(scalar.value), raw)
    first = indices[min(start, len(indices) - 1)]
    last = indices[min(start + max(length, 1) - 1, len(indices) - 1)]
    return Span(span.path, *_line_column(raw, first, span), *_after(raw, last, span))


def _indices(value: str, raw: Raw) -> list[int]:
    """Maps each character of a string's value to its index in the file.

    Both are walked side by side. Blanks are folded by YAML in many ways, so a blank of
    the value stands for the whole run of them in the file.
    """
    at = raw.start
    if raw.quote in "'\"" and raw.quote:
        at += 1
    elif raw.quote:
        at = raw.text.find("\n", raw.start) + 1
    found: list[int] = []
    for character in value:
        if not character.isspace():
            while at < raw.end and raw.text[at].isspace():
                at += 1
        found.append(min(at, raw.end))
        at += _width(raw, at)
    return found or [raw.start]


def _width(raw: Raw, at: int) -> int:
    """Tells how many characters of the file make the one at an index."""
    if raw.quote == '"' and raw.text[at : at + 1] == "\\":
        return {"x": 4, "u": 6, "U": 10}.get(raw.text[at + 1 : at + 2], 2)
    if raw.quote == "'" and raw.text[at : at + 2] == "''":
        return 2
    return 1


def _line_column(raw: Raw, index: int, span: Span) -> tuple[int, int]:
    before = raw.text[raw.start : index]
    lines = before.count("\n")
    if not lines:
        return span.line, span.column + len(before)
    return span.line + lines, len(before) - before.rfind("\n")


def _after(raw: Raw, index: int, span: Span) -> tuple[int, int]:
    line, column = _line_column(raw, index, span)
    return line, column + _width(raw, index)
