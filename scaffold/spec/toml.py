"""Parsing of TOML text into a tree with locations."""

from __future__ import annotations

import tomllib
from typing import Any

from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.document import Date, Items, Node, Raw, Scalar, Table
from scaffold.spec.limits import LESS_DEEP, is_too_large, too_large, too_much
from scaffold.spec.numerals import numeral
from scaffold.spec.places import Lines
from scaffold.spec.toml_places import Path, Stretch, find_places
from scaffold.spec.values import Pair


def parse(text: str, path: str) -> Node:
    """Read a TOML document.

    Args:
        text: The file's text.
        path: The name of the file in findings.

    Returns:
        The tree. A node that cannot be located has the location of its parent.

    Raises:
        Refused: The file is not well formed, or exceeds a limit.
    """
    node = parse_part(text, path)
    assert node is not None
    return node


def parse_part(text: str, path: str, keys: tuple[str, ...] = ()) -> Node | None:
    """Read a part of a TOML document that several programs share.

    Args:
        text: The file's text.
        path: The name of the file in findings.
        keys: The keys that lead to the part.

    Returns:
        The tree of the part, `None` if the keys do not exist.

    Raises:
        Refused: The file is not well formed, or the part exceeds a limit.
    """
    builder = _TomlTreeBuilder(text, path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(builder.syntax()) from error
    except RecursionError as error:
        raise too_much("nested too deep", Span(path), LESS_DEEP) from error
    except ValueError as error:
        # The file has a number with more digits than Python parses.
        raise too_large(Span(path)) from error
    for key in keys:
        if not isinstance(data, dict) or key not in data:
            return None
        data = data[key]
    return builder.node(data, keys, (0, 0))


class _TomlTreeBuilder:
    """Converts plain values to nodes with locations."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.lines = Lines(text, path)
        self.places = find_places(text, self.lines)

    def syntax(self) -> Diagnostic:
        """Return the finding about text that is not TOML."""
        from scaffold.spec.toml_faults import explain

        fault = explain(self.text, self.places.end)
        span = self.lines.character(min(fault.start, len(self.text)))
        return Diagnostic(fault.code, fault.message, span, fault.help)

    def node(self, data: Any, path: Path, around: Stretch) -> Node:
        place = self.places.values.get(path, around)
        span = self.lines.span(*place)
        if isinstance(data, dict):
            pairs = (self.pair(*pair, path, place) for pair in data.items())
            return Table(tuple(pairs), span)
        if isinstance(data, list):
            items = (
                self.node(item, (*path, index), place)
                for index, item in enumerate(data)
            )
            return Items(tuple(items), span)
        if isinstance(data, str):
            return Scalar(data, span, self.raw(data, place))
        if isinstance(data, int) and is_too_large(data):
            raise too_large(span)
        is_plain = isinstance(data, (bool, int, float))
        if not is_plain:
            return Scalar(Date(data), span)
        text = self.text[slice(*place)] if path in self.places.values else ""
        return Scalar(data, span, numeral=numeral(text, data))

    def pair(self, key: str, value: Any, path: Path, around: Stretch) -> Pair:
        path = (*path, key)
        span = self.lines.span(*self.places.keys.get(path, around))
        return Scalar(key, span), self.node(value, path, around)

    def raw(self, value: str, place: Stretch) -> Raw | None:
        """Return the source text of a single-line string, else `None`."""
        start, end = place
        quote = self.text[start : start + 1]
        is_long = self.text.startswith(quote * 3, start) and end - start > 2
        if is_long or quote not in ("'", '"'):
            return None
        return Raw(value, self.text, start, end, quote)
