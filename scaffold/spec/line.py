"""Line notation: `[NAME =] CALL [* N | for ... | if ... else CALL] [<- REFS]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scaffold.catalogue.facts import examples
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.document import Scalar, place
from scaffold.spec.expression import parse
from scaffold.spec.loops import read_loop
from scaffold.spec.python import STRING, Locate
from scaffold.spec.sources import parse_sources
from scaffold.spec.types import Call, Entry, Expression, Name, OperationExpression

_TOKEN = re.compile(
    rf"""
    (?P<string> {STRING} )
    | (?P<comment> \#[^\r\n]* )
    | (?P<open> [(\[{{] ) | (?P<close> [)\]}}] )
    | (?P<arrow> <- )
    | (?P<compare> [=<>!]= )
    | (?P<equals> = )
    | (?P<identifier> [^\W\d]\w* )
    | (?P<quote> ["'] )
    | [^"'\#()\[\]{{}}<=>!\w]+ | .
    """,
    re.VERBOSE | re.DOTALL,
)
BULLET = r"(?:-|[\u2010-\u2015\u2022\u00b7*+]|[0-9]+[.)])[ \u00a0]*"
"""The dash before an entry, and characters that are often used in its place."""
_PAIRS = {")": "(", "]": "[", "}": "{"}
_SIGNS = ("<-", "for", "if", "else")

_BARE_OPERATION = re.compile(r"\s*ops\.[A-Za-z_]\w*\s*")
_BARE_REPEAT = re.compile(r"(\s*ops\.[A-Za-z_]\w*\s*)\*(.+)", re.DOTALL)


class TextPiece(NamedTuple):
    """A part of an entry's text, without the whitespace around it.

    Attributes:
        text: The text of the part.
        start: Its index in the text of the entry.
        sign: The index of the sign or keyword that starts it.
    """

    text: str
    start: int
    sign: int


class LineEntry:
    """One entry in line notation."""

    def __init__(self, scalar: Scalar) -> None:
        """Store the node that holds the entry."""
        self.scalar = scalar
        self.text = str(scalar.value)

    def locate(self, start: int, length: int) -> Span:
        """Return the location of a part of the text."""
        return place(self.scalar, start, length)

    def within(self, piece: TextPiece) -> Locate:
        """Return a function that locates parts of a piece."""
        return lambda start, length: self.locate(piece.start + start, length)

    def fault(self, message: str, start: int, length: int, help_: str) -> Refused:
        """Return the error about a part of the text."""
        span = self.locate(start, length)
        return Refused(Diagnostic("KS110", message, span, help_))

    def marks(self) -> Iterator[re.Match[str]]:
        """Return the tokens outside of all brackets and strings."""
        opened: list[re.Match[str]] = []
        for token in _TOKEN.finditer(self.text):
            kind = token.lastgroup
            if kind == "open":
                opened.append(token)
            elif kind == "close":
                if not opened or opened.pop()[0] != _PAIRS[token[0]]:
                    message = f"unmatched `{token[0]}`"
                    raise self.fault(message, token.start(), 1, "remove it")
            elif kind == "quote":
                message = "this string is not closed"
                help_ = f"close it with `{token[0]}`"
                raise self.fault(message, token.start(), 1, help_)
            elif kind is not None and not opened:
                yield token
        if opened:
            close = {"(": ")", "[": "]", "{": "}"}[opened[-1][0]]
            help_ = f"add `{close}`; in a `[...]` list, quote an entry that has commas"
            message = f"this `{opened[-1][0]}` is not closed"
            raise self.fault(message, opened[-1].start(), 1, help_)

    def split(self) -> dict[str, TextPiece]:
        """Split the text into parts, each under the sign or keyword that starts it."""
        parts: dict[str, TextPiece] = {}
        sign, at, start = "call", 0, 0
        for token in self.marks():
            text = token[0]
            if token["equals"] and sign == "call" and "name" not in parts:
                parts["name"] = self.piece(0, token.start(), 0)
                at, start = token.span()
            elif text in _SIGNS and not token["string"]:
                if text in parts or text == sign:
                    message = f"an entry can have only one `{text}`"
                    help_ = "move the inner one into a block"
                    if text == "<-":
                        help_ = f"list the inputs: `{examples.MERGE_CALL} <- a, b`"
                    raise self.fault(message, token.start(), len(text), help_)
                parts[sign] = self.piece(start, token.start(), at)
                sign, (at, start) = text, token.span()
        parts[sign] = self.piece(start, len(self.text), at)
        return parts

    def piece(self, start: int, end: int, sign: int) -> TextPiece:
        """Return a part of the text without the whitespace around it."""
        text = self.text[start:end]
        bare = text.lstrip()
        return TextPiece(bare.rstrip(), start + len(text) - len(bare), sign)

    def read(self) -> Entry:
        """Read the entry."""
        parts = self.split()
        self.check(parts)
        name = parts.get("name")
        call, repeat = self.repeated(parts["call"])
        loop = None
        if clause := parts.get("for"):
            loop = read_loop(self.expression(clause), self.span(clause))
        condition, otherwise = parts.get("if"), parts.get("else")
        sources = parts.get("<-")
        entry = Entry(
            call=call,
            span=self.locate(0, len(self.text)),
            name=name and name.text,
            name_span=name and self.span(name),
            sources=sources and parse_sources(sources.text, self.within(sources)),
            repeat=repeat,
            loop=loop,
            condition=condition and self.expression(condition),
            otherwise=otherwise and self.called(otherwise),
        )
        if sum(part is not None for part in (repeat, loop, condition)) > 1:
            help_ = "move the inner one into a block"
            message = "an entry can have only one of `*`, `for` and `if`"
            raise self.fault(message, 0, len(self.text), help_)
        return entry

    def check(self, parts: dict[str, TextPiece]) -> None:
        """Reject parts that cannot be combined."""
        if "else" in parts and "if" not in parts:
            help_ = f"write `{examples.LAYER} if wide else {examples.NOTHING}`"
            message = "`else` without `if`"
            raise self.fault(message, parts["else"].sign, len("else"), help_)
        if "name" in parts and not parts["name"].text:
            message = "a name is missing before this `=`"
            help_ = f"write `name = {examples.LAYER}`"
            raise self.fault(message, parts["call"].sign, 1, help_)

    def span(self, piece: TextPiece) -> Span:
        """Return the location of a part."""
        return self.locate(piece.start, len(piece.text))

    def expression(self, piece: TextPiece) -> Expression:
        """Read one expression."""
        return parse(piece.text, self.within(piece))

    def repeated(self, piece: TextPiece) -> tuple[Call, Expression | None]:
        """Read `CALL` or `CALL * N`."""
        if bare := _BARE_REPEAT.fullmatch(piece.text):
            first = piece._replace(text=bare[1])
            count = piece._replace(text=bare[2], start=piece.start + bare.start(2))
            return self.called(first), self.expression(count)
        expression = self.expression(_with_parentheses(piece))
        repeat = None
        if isinstance(expression, OperationExpression) and expression.operator == "*":
            expression, repeat = expression.operands
        return self.as_call(expression, piece), repeat

    def called(self, piece: TextPiece) -> Call:
        """Read `CALL`."""
        return self.as_call(self.expression(_with_parentheses(piece)), piece)

    def as_call(self, expression: Expression, piece: TextPiece) -> Call:
        """Convert an expression to a call; a bare name is a call without arguments."""
        if isinstance(expression, Name):
            return Call(expression.name, (), expression.span, expression.span)
        if isinstance(expression, Call):
            return expression
        help_ = f"write a call, such as `{examples.LAYER}`"
        message = "this is not a call of a layer"
        raise self.fault(message, piece.start, len(piece.text), help_)


def _with_parentheses(piece: TextPiece) -> TextPiece:
    """Add `()` to a bare `ops.NAME`, which may omit them as a layer may."""
    if _BARE_OPERATION.fullmatch(piece.text):
        return piece._replace(text=f"{piece.text.rstrip()}()")
    return piece


def parse_line(scalar: Scalar) -> Entry:
    """Read an entry in line notation.

    Args:
        scalar: The node whose value is the text.

    Returns:
        The entry, with locations inside the text.

    Raises:
        Refused: The text is not an entry.
    """
    return LineEntry(scalar).read()
