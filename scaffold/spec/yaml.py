"""Parsing of YAML 1.2 text into a tree with locations.

The tree is built from the events of the C parser. The composer of the C library is
recursive, and crashes the process on 100,000 nested brackets.
"""

from __future__ import annotations

import re
from typing import Any

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
from scaffold.spec.core_schema import plain
from scaffold.spec.document import Node, Raw, Scalar
from scaffold.spec.limits import is_too_large, shown, too_large
from scaffold.spec.numerals import numeral
from scaffold.spec.places import Lines
from scaffold.spec.tree import TreeBuilder

_TAGS = (
    None,
    "!",
    "tag:yaml.org,2002:str",
    "tag:yaml.org,2002:map",
    "tag:yaml.org,2002:seq",
)
_NOT_YAML = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_OTHER_BREAKS = ("\x85", "\u2028", "\u2029")
"""Characters that end a line in the C parser (YAML 1.1), not in YAML 1.2."""
_PRIVATE_USE = range(0xE000, 0xF900)


def parse(text: str, path: str) -> Node | None:
    """Read a YAML 1.2 document (core schema).

    Args:
        text: The file's text.
        path: The name of the file in findings.

    Returns:
        The tree, or `None` for an empty file.

    Raises:
        Refused: The file is not well formed, or exceeds a limit.
    """
    stand_ins = _stand_ins(text)
    originals = {
        ord(stand_in): chr(original) for original, stand_in in stand_ins.items()
    }
    builder = _YamlTreeBuilder(text, path, originals)
    if stand_ins:
        text = text.translate(stand_ins)
    try:
        for event in YAML(typ="safe").parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        raise Refused(builder.syntax(error)) from error
    except (ReaderError, UnicodeEncodeError) as error:
        raise Refused(builder.bad_character()) from error
    except YAMLStreamError as error:
        help_ = "save it as plain text in UTF-8"
        message = "the file cannot be read as YAML"
        raise Refused(Diagnostic("KS103", message, Span(path), help_)) from error
    return builder.tree.root


def _stand_ins(text: str) -> dict[int, str]:
    """Choose replacements for characters that only the parser reads as line breaks.

    Each replacement occurs in the text neither literally nor as an escape.
    """
    breaks = [ord(character) for character in _OTHER_BREAKS if character in text]
    if not breaks:
        return {}
    lower = text.lower()
    unused = (
        chr(number)
        for number in _PRIVATE_USE
        if chr(number) not in text and f"{number:x}" not in lower
    )
    return dict(zip(breaks, unused, strict=False))


class _YamlTreeBuilder:
    """Passes the events of the parser to the tree, with locations."""

    def __init__(self, text: str, path: str, originals: dict[int, str]) -> None:
        self.text, self.path, self.originals = text, path, originals
        self.tree = TreeBuilder()
        self.documents = 0
        self.handlers = {
            ScalarEvent: self.scalar,
            SequenceStartEvent: self.begin,
            MappingStartEvent: self.begin,
            SequenceEndEvent: self.end,
            MappingEndEvent: self.end,
            AliasEvent: self.alias,
            DocumentStartEvent: self.document,
        }

    def take(self, event: Any) -> None:
        handler = self.handlers.get(type(event))
        if handler is not None:
            handler(event)

    def at(self, mark: Any) -> tuple[int, int]:
        """Return the line and column of a mark, counted as in editors."""
        if mark.index >= len(self.text):
            # The parser counts one more line if the last line has no line end.
            return Lines(self.text, self.path).at(len(self.text))
        return mark.line + 1, mark.column + 1

    def span(self, event: Any) -> Span:
        return Span(self.path, *self.at(event.start_mark), *self.at(event.end_mark))

    def scalar(self, event: Any) -> None:
        quote, tag = event.style or "", event.tag
        span = self.span(event)
        if tag not in _TAGS:
            raise self.bad_tag(tag, span)
        value = event.value
        if self.originals:
            value = value.translate(self.originals)
        if not quote and tag is None:
            value = self.plain(value, span)
        raw = None
        if isinstance(value, str):
            start, end = event.start_mark.index, event.end_mark.index
            raw = Raw(value, self.text, start, end, quote)
        text = numeral(event.value, value)
        self.tree.add(Scalar(value, span, raw, text), event.anchor)

    def plain(self, text: str, span: Span) -> str | float | bool | None:
        try:
            value = plain(text)
        except ValueError as error:
            raise too_large(span) from error
        if isinstance(value, int) and is_too_large(value):
            raise too_large(span)
        return value

    def begin(self, event: Any) -> None:
        span = self.span(event)
        if event.tag not in _TAGS:
            raise self.bad_tag(event.tag, span)
        is_table = type(event) is MappingStartEvent
        self.tree.begin(span, is_table=is_table, anchor=event.anchor)

    def end(self, event: Any) -> None:
        # Without a closing bracket, the parser reports the next token as the end.
        is_bracket = event.start_mark.index < event.end_mark.index
        self.tree.end(self.at(event.end_mark) if is_bracket else None)

    def alias(self, event: Any) -> None:
        self.tree.alias(event.anchor, self.span(event))

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "a spec must be one YAML document, but a second one starts here"
            raise Refused(Diagnostic("KS103", message, self.span(event), "remove it"))

    def bad_tag(self, tag: str, span: Span) -> Refused:
        message = f"a spec does not support the tag `{shown(tag)}`"
        help_ = "remove it: a spec is plain data"
        return Refused(Diagnostic("KS103", message, span, help_))

    def syntax(self, error: MarkedYAMLError) -> Diagnostic:
        """Return the finding about text that is not YAML."""
        from scaffold.spec.yaml_faults import explain

        mark = error.problem_mark or error.context_mark
        at = mark.index if mark is not None else len(self.text)
        start, end, message, help_ = explain(self.text, at)
        lines = Lines(self.text, self.path)
        character = lines.character(start)
        span = lines.span(start, end) if end > start + 1 else character
        return Diagnostic("KS103", message, span, help_)

    def bad_character(self) -> Diagnostic:
        """Return the finding about a character that YAML does not allow."""
        match = re.search(_NOT_YAML, self.text)
        at = match.start() if match else 0
        character = ascii(self.text[at : at + 1])[1:-1]
        return Diagnostic(
            "KS103",
            f"the character `{character}` is not allowed in YAML",
            Lines(self.text, self.path).character(at),
            "remove it, or write it as an escape in a double-quoted string",
        )
