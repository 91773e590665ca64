"""Building of a tree from the events of a parser, without recursion.

A recursive builder crashes the process on a file of 100,000 nested brackets. This one
uses its own stack, and enforces the limits of `limits`.
"""

from __future__ import annotations

from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.document import CALLABLE, Items, Node, Scalar, Table
from scaffold.spec.limits import (
    DEEPEST,
    FEWER,
    LESS_DEEP,
    MOST_NODES,
    TOO_DEEP,
    shown,
    too_much,
)


class _Open(NamedTuple):
    """A list or mapping that has not ended yet."""

    is_table: bool
    anchor: str | None
    begin: Span
    children: list[Node]


class TreeBuilder:
    """Builds a tree; `root` is the complete tree, `None` for an empty file."""

    def __init__(self) -> None:
        """Start with an empty tree."""
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._sizes = [0]
        self._anchors: dict[str, tuple[Node, int]] = {}

    def begin(self, span: Span, *, is_table: bool, anchor: str | None = None) -> None:
        """Start a list or a mapping; `span` is the location of its first character."""
        if len(self._open) >= DEEPEST:
            raise too_much(TOO_DEEP, span, LESS_DEEP)
        self._open.append(_Open(is_table, anchor, span, []))
        self._sizes.append(1)

    def end(self, at: tuple[int, int] | None) -> None:
        """End the innermost list or mapping, at `at` or at the end of its last node."""
        is_table, anchor, begin, children = self._open.pop()
        line, column = at or children[-1].span[-2:]
        span = Span(begin.path, begin.line, begin.column, line, column)
        node: Node = Items(tuple(children), span)
        if is_table:
            node = Table(_pairs(children, is_entry=self._is_entry()), span)
        self.add(node, anchor, self._sizes.pop())

    def _is_entry(self) -> bool:
        """Return whether the ending mapping is an item of a list or under `layers`."""
        around = self._open[-1] if self._open else None
        if around is None or not around.is_table:
            return around is not None
        if not around.children:
            # The mapping is a key, as in `{{units}}`, which `_pairs` rejects.
            return False
        key = around.children[-1]
        return isinstance(key, Scalar) and key.value == "layers"

    def add(self, node: Node, anchor: str | None = None, size: int = 1) -> None:
        """Add a complete node, which counts as `size` nodes, to the open collection."""
        self._sizes[-1] += size
        if self._sizes[-1] > MOST_NODES:
            message = f"more than {MOST_NODES:,} nodes, aliases counted in full"
            raise too_much(message, node.span, FEWER)
        if anchor is not None:
            self._anchors[anchor] = (node, size)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node

    def alias(self, anchor: str, span: Span) -> None:
        """Add the node of an anchor again."""
        if anchor not in self._anchors:
            message = f"there is no anchor `&{shown(anchor)}` before this alias"
            help_ = "write the value itself, or quote a string that starts with `*`"
            raise Refused(Diagnostic("KS103", message, span, help_))
        node, size = self._anchors[anchor]
        self.add(node, None, size)


def _pairs(children: list[Node], *, is_entry: bool) -> tuple[tuple[Scalar, Node], ...]:
    """Pair keys and values; a key must be a string or an integer, and unique.

    An entry that names several layers may repeat keys: it lacks a dash between the
    layers, and each key belongs to one of them.
    """
    pairs: list[tuple[Scalar, Node]] = []
    seen: set[str] = set()
    diagnostics: list[Diagnostic] = []
    for key, value in zip(children[::2], children[1::2], strict=True):
        known = isinstance(key, Scalar) and type(key.value) in (str, int)
        if not isinstance(key, Scalar) or not known:
            message = "a key must be a string or an integer"
            diagnostics.append(Diagnostic("KS103", message, key.span, _of_key(key)))
        elif str(key.value) in seen and not (is_entry and _has_several(children)):
            diagnostics.append(repeated_key(str(key.value), key.span))
        else:
            seen.add(str(key.value))
            pairs.append((key, value))
    if diagnostics:
        raise Refused(*diagnostics)
    return tuple(pairs)


def _of_key(key: Node) -> str:
    """Return the help for a key that is not a string."""
    if isinstance(key, Table) and len(key.pairs) == 1:
        name, value = key.pairs[0]
        is_empty = isinstance(value, Scalar) and value.value is None
        if is_empty and str(name.value).isidentifier():
            return f"write the param `{name.value}` as `${name.value}`"
    return "quote it"


def _has_several(children: list[Node]) -> bool:
    """Return whether the keys of an entry name more than one layer."""
    keys = [str(item.value) for item in children[::2] if isinstance(item, Scalar)]
    return sum(1 for key in keys if CALLABLE.fullmatch(key)) > 1


def repeated_key(key: str, span: Span) -> Diagnostic:
    """Return the finding about a duplicate key."""
    message = f"duplicate key `{shown(key)}`"
    return Diagnostic("KS104", message, span, "remove one of them")
