"""YAML 1.2 and JSON text to a tree with places.

The tree is made from the C parser's events. Its own composer calls itself for every
level of nesting, in C: 100,000 brackets end the process.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLStreamError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.document import Items, Node, Raw, Scalar, Table
from scaffold.spec.limits import DEEPEST, MOST_NODES, too_much

_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{
        sign + word: float(sign + "inf")
        for sign in ("", "+", "-")
        for word in (".inf", ".Inf", ".INF")
    },
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_PAIR = re.compile(
    r"(\\\\)|\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)
_TAGS = {"tag:yaml.org,2002:str": str, "tag:yaml.org,2002:map": dict}
_TAGS |= {"tag:yaml.org,2002:seq": list}


def parse(text: str, path: str, *, json: bool = False) -> Node | None:
    """Reads a YAML 1.2 document (core schema) or a JSON one.

    Args:
        text: The file's text.
        path: Its name in findings.
        json: Whether it is JSON, in which tabs and pairs of `\\u` escapes are legal.

    Returns:
        The tree, or `None` for an empty file.

    Raises:
        Refused: The file is not well formed, or over a bound.
    """
    if json:
        text = _PAIR.sub(_one_escape, text.replace("\t", " "))
    builder = _Builder(text, path)
    try:
        for event in YAML(typ="safe").parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        raise Refused(_syntax(error, path)) from error
    except ReaderError as error:
        raise Refused(_bad_character(error, text, path)) from error
    except YAMLStreamError as error:
        raise Refused(Diagnostic("KS103", str(error), Span(path))) from error
    return builder.root


def _one_escape(match: re.Match[str]) -> str:
    """Writes JSON's two `\\u` escapes of one character as YAML's `\\U`."""
    if match[1]:
        return match[1]
    high, low = int(match[2], 16), int(match[3], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


def _syntax(error: MarkedYAMLError, path: str) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    span = Span(path)
    if mark is not None:
        line, column = mark.line + 1, mark.column + 1
        span = Span(path, line, column, line, column + 1)
    said = " ".join(filter(None, (error.context, error.problem)))
    help_ = ""
    if "mapping values" in said or "plain scalar" in said:
        help_ = "put quotes around a line that holds `: `, `{` or `#`"
    elif "expected ',' or" in said:
        help_ = (
            "inside of [ ] an entry with commas needs quotes; better one `- ` a line"
        )
    return Diagnostic("KS103", said or "this is not YAML", span, help_)


def _bad_character(error: ReaderError, text: str, path: str) -> Diagnostic:
    at = next(
        (
            index
            for index, character in enumerate(text)
            if not (character.isprintable() or character in "\t\n\r\x85\xa0\ufeff")
        ),
        0,
    )
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return Diagnostic(
        "KS103",
        f"the character {ascii(text[at : at + 1])} is not allowed in YAML",
        Span(path, line, column, line, column + 1),
        "remove it, or write it as an escape in a double-quoted string",
    )


class _Open(NamedTuple):
    """A list or mapping whose end has not come yet."""

    start: Any
    anchor: str | None
    is_table: bool
    children: list[Node]


class _Builder:
    """Makes the tree from events, one at a time, without recursion."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.sizes: list[int] = [0]
        self.documents = 0

    def take(self, event: Any) -> None:
        if isinstance(event, ScalarEvent):
            self.check_tag(event)
            self.add(self.scalar(event), event.anchor, 1)
        elif isinstance(event, (SequenceStartEvent, MappingStartEvent)):
            self.check_tag(event)
            if len(self.open) >= DEEPEST:
                span = self.span(event.start_mark, event.end_mark)
                raise too_much(f"nested more than {DEEPEST} levels deep", span)
            is_table = isinstance(event, MappingStartEvent)
            self.open.append(_Open(event.start_mark, event.anchor, is_table, []))
            self.sizes.append(1)
        elif isinstance(event, (SequenceEndEvent, MappingEndEvent)):
            done = self.open.pop()
            span = self.span(done.start, event.end_mark)
            node: Node = Items(tuple(done.children), span)
            if done.is_table:
                node = Table(_pairs(done.children), span)
            self.add(node, done.anchor, self.sizes.pop())
        elif isinstance(event, AliasEvent):
            self.alias(event)
        elif isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                span = self.span(event.start_mark, event.end_mark)
                message = "a spec is one document, and here a second one begins"
                raise Refused(Diagnostic("KS103", message, span))

    def span(self, start: Any, end: Any) -> Span:
        return Span(
            self.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1
        )

    def check_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag not in (*_TAGS, "!"):
            raise Refused(
                Diagnostic(
                    "KS103",
                    f"the tag {event.tag!r} means nothing in a spec",
                    self.span(event.start_mark, event.end_mark),
                    "leave it out: a spec is plain data",
                )
            )

    def scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        quote = event.style or ""
        raw = Raw(self.text, start.index, end.index, quote)
        span = self.span(start, end)
        if quote or event.tag is not None:
            return Scalar(event.value, span, raw)
        try:
            value = _core(event.value)
        except ValueError as error:
            message = "this number has too many digits"
            raise Refused(Diagnostic("KS105", message, span)) from error
        return Scalar(value, span, raw if isinstance(value, str) else None)

    def alias(self, event: Any) -> None:
        known = self.anchors.get(event.anchor)
        if known is None:
            span = self.span(event.start_mark, event.end_mark)
            message = f"there is no anchor `&{event.anchor}` before this alias"
            raise Refused(Diagnostic("KS103", message, span))
        self.add(known[0], None, known[1])

    def add(self, node: Node, anchor: str | None, size: int) -> None:
        self.sizes[-1] += size
        if self.sizes[-1] > MOST_NODES:
            message = f"more than {MOST_NODES:,} nodes, aliases counted in full"
            raise too_much(message, node.span)
        if anchor is not None:
            self.anchors[anchor] = (node, size)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node


def _core(text: str) -> str | float | bool | None:
    """Gives a plain scalar the type that YAML 1.2's core schema gives it.

    Source: YAML 1.2.2, section 10.3.2.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text[2:], 16)
    return text


def _pairs(children: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
    """Pairs up keys and values; a key must be a string, and come once."""
    pairs: list[tuple[Scalar, Node]] = []
    seen: set[str] = set()
    found: list[Diagnostic] = []
    for key, value in zip(children[::2], children[1::2], strict=True):
        if not isinstance(key, Scalar) or not isinstance(key.value, str):
            found.append(
                Diagnostic("KS103", "a key must be a string", key.span, "quote it")
            )
        elif key.value in seen:
            message = f"the key `{key.value}` stands here a second time"
            found.append(Diagnostic("KS104", message, key.span, "keep one of them"))
        else:
            seen.add(key.value)
            pairs.append((key, value))
    if found:
        raise Refused(*found)
    return tuple(pairs)
