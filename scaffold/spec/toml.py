"""TOML text to a tree with places, as far as they can be found.

The standard library's reader gives values without places. They are looked up
afterwards: a table's by its header, a key's by its name, a string's by its text.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.limits import DEEPEST, too_much

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_HEADER = re.compile(r"^\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_.-]+))\s*=""")


def parse(text: str, path: str) -> Node:
    """Reads a TOML document.

    Args:
        text: The file's text.
        path: Its name in findings.

    Returns:
        The tree. A node whose place is not found has its parent's.

    Raises:
        Refused: The file is not well formed, or nested too deep.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(_syntax(str(error), text, path)) from error
    except (RecursionError, ValueError) as error:
        raise too_much("nested too deep, or a number too long", Span(path)) from error
    return _Builder(text, path).node(data, (), Span(path, 1, 1, 1, 1))


def _syntax(said: str, text: str, path: str) -> Diagnostic:
    match = _WHERE.search(said)
    message = _WHERE.sub("", said)
    line, column = text.count("\n") + 1, 1
    if match and match[1]:
        line, column = int(match[1]), int(match[2])
    if "Cannot overwrite a value" in said:
        return Diagnostic(
            "KS104",
            "a key stands here a second time",
            Span(path, line, column, line, column + 1),
            "keep one of them",
        )
    span = Span(path, line, column, line, column + 1)
    return Diagnostic("KS103", message[:1].lower() + message[1:], span)


class _Builder:
    """Turns plain values into nodes, and finds their places."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.keys: dict[tuple[str, ...], list[Span]] = {}
        self.used: dict[str, tuple[int, int]] = {}
        self.index()

    def index(self) -> None:
        """Notes where each header and each key at a line's start stands."""
        table: tuple[str, ...] = ()
        for number, line in enumerate(self.lines, start=1):
            if header := _HEADER.match(line):
                table = _parts(header[1])
                span = Span(self.path, number, header.start(1) + 1, number)
                self.note(table, span._replace(end_column=header.end(1) + 1))
            elif key := _KEY.match(line):
                group = next(index for index in (1, 2, 3) if key[index] is not None)
                parts = _parts(key[group]) if group == 3 else (key[group],)
                first, last = key.start(group) + 1, key.end(group) + 1
                span = Span(self.path, number, first, number, last)
                self.note((*table, *parts), span)

    def note(self, parts: tuple[str, ...], span: Span) -> None:
        self.keys.setdefault(parts, []).append(span)

    def node(self, data: Any, parts: tuple[str, ...], span: Span) -> Node:
        if len(parts) > DEEPEST:
            raise too_much(f"nested more than {DEEPEST} levels deep", span)
        if isinstance(data, dict):
            return Table(
                tuple(
                    self.pair(key, value, parts, span) for key, value in data.items()
                ),
                span,
            )
        if isinstance(data, list):
            return Items(tuple(self.item(one, parts, span) for one in data), span)
        if isinstance(data, str):
            return Scalar(data, self.find(data, span))
        if isinstance(data, (bool, int, float)):
            return Scalar(data, span)
        return Scalar(str(data), span)

    def pair(
        self, key: str, value: Any, parts: tuple[str, ...], around: Span
    ) -> tuple[Scalar, Node]:
        here = (*parts, key)
        places = self.keys.get(here, [])
        span = places[0] if places else self.find(key, around)
        # A list of tables has one header per table: the items use them up themselves.
        of_tables = isinstance(value, list) and value and isinstance(value[0], dict)
        if len(places) > 1 and not of_tables:
            del places[0]
        return Scalar(key, span), self.node(value, here, span)

    def item(self, data: Any, parts: tuple[str, ...], around: Span) -> Node:
        places = self.keys.get(parts, [])
        if isinstance(data, dict) and len(places) > 1:
            around = places.pop(0)
        elif isinstance(data, dict) and places:
            around = places[0]
        # Nesting counts by the path: a list is a level of its own.
        return (
            self.node(data, (*parts, "[]"), around)
            if isinstance(data, list)
            else self.node(data, parts, around)
        )

    def find(self, text: str, around: Span) -> Span:
        """Finds a string from a place on, each time one occurrence further."""
        if not text or not text.isprintable():
            return around
        last = self.used.get(text, (max(around.line, 1), 0))
        start = max(last, (max(around.line, 1), 0))
        for number in range(start[0], len(self.lines) + 1):
            line = self.lines[number - 1]
            at = line.find(text, start[1] if number == start[0] else 0)
            if at >= 0:
                end = at + len(text)
                self.used[text] = (number, end)
                return Span(self.path, number, at + 1, number, end + 1)
        return around


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
