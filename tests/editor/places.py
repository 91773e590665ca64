"""Where a finding is, in a spec that was written as JSON with one value a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from scaffold.diagnostics import Diagnostic

Way = tuple[str | int, ...]
"""The keys and numbers that lead to a value."""


class Line(NamedTuple):
    """One line of a spec.

    Attributes:
        text: The line.
        way: The way to the value that begins on it.
        value: That value; `None` for a closing bracket as well.
        column: Where the value begins, behind its key.
    """

    text: str
    way: Way
    value: Any
    column: int


class Place(NamedTuple):
    """A place in a spec.

    Attributes:
        way: The way to the value.
        value: The value.
        part: Whether its key is meant, the value, or a piece of a string.
    """

    way: Way
    value: Any
    part: Literal["key", "value", "inside"]


class Written:
    """A spec as JSON, of which every place is known."""

    def __init__(self, tree: Any) -> None:
        """Writes it."""
        self.lines = list(_lines(tree, (), "", ""))
        self.text = "\n".join(line.text for line in self.lines)

    def place(self, diagnostic: Diagnostic) -> Place:
        """Gives the place of a finding."""
        line = self.lines[max(diagnostic.span.line - 1, 0)]
        column = diagnostic.span.column
        if isinstance(line.value, str) and column > line.column:
            return Place(line.way, line.value, "inside")
        return Place(line.way, line.value, "key" if column < line.column else "value")


def _lines(value: Any, way: Way, head: str, tail: str) -> Iterator[Line]:
    column = len(head) + 1
    if not isinstance(value, dict | list) or not value:
        text = f"{head}{json.dumps(value, ensure_ascii=False)}{tail}"
        yield Line(text, way, value, column)
        return
    first, last = "{}" if isinstance(value, dict) else "[]"
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    yield Line(f"{head}{first}", way, value, column)
    for number, (key, pair) in enumerate(pairs, 1):
        name = f"{json.dumps(key, ensure_ascii=False)}: "
        more = "," * (number < len(value))
        yield from _lines(pair, (*way, key), name * isinstance(key, str), more)
    yield Line(f"{last}{tail}", way, None, 1)
