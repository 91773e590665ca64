"""Line notation: `[NAME =] CALL [* N | for ... in ... | if ... else CALL] [<- REFS]`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.document import Scalar, place
from scaffold.spec.expression import Locate, Reader, parse, parse_tree
from scaffold.spec.types import (
    Call,
    Entry,
    Expression,
    Loop,
    Name,
    Operation,
    Reference,
    ReferenceList,
    Sequence,
    Source,
)

_TOKEN = re.compile(
    r"""
    (?P<string> "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' )
    | (?P<open> [(\[{] ) | (?P<close> [)\]}] )
    | (?P<arrow> <- )
    | (?P<compare> [=<>!]= )
    | (?P<equals> = )
    | (?P<word> [^\W\d]\w* )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_PAIRS = {")": "(", "]": "[", "}": "{"}


class Piece(NamedTuple):
    """A part of an entry's text, and its index in the whole."""

    text: str
    start: int


class Line:
    """One entry in line notation."""

    def __init__(self, scalar: Scalar) -> None:
        """Keeps the node that holds the entry."""
        self.scalar = scalar
        self.text = str(scalar.value)

    def locate(self, start: int, length: int) -> Span:
        """Gives the place of a piece of the text."""
        return place(self.scalar, start, length)

    def within(self, piece: Piece) -> Locate:
        """Gives the way to places of a piece's own pieces."""
        return lambda start, length: self.locate(piece.start + start, length)

    def fault(self, message: str, start: int, length: int, help_: str = "") -> Refused:
        """Makes the refusal of a piece of the text."""
        span = self.locate(start, length)
        return Refused(Diagnostic("KS110", message, span, help_))

    def marks(self) -> Iterator[re.Match[str]]:
        """Finds what stands outside of all brackets and strings."""
        opened: list[re.Match[str]] = []
        for token in _TOKEN.finditer(self.text):
            if token["open"]:
                opened.append(token)
            elif token["close"]:
                if not opened or opened.pop()[0] != _PAIRS[token[0]]:
                    message = f"nothing opens this `{token[0]}`"
                    raise self.fault(message, token.start(), 1)
            elif token["other"] in ('"', "'"):
                message = "this string does not end"
                raise self.fault(message, token.start(), 1)
            elif not opened:
                yield token
        if opened:
            help_ = "a list in [ ] splits entries at commas: write one `- ` a line"
            message = f"nothing closes this `{opened[-1][0]}`"
            raise self.fault(message, opened[-1].start(), 1, help_)

    def split(self) -> dict[str, Piece]:
        """Cuts the text into its parts, each under the sign that begins it."""
        parts: dict[str, Piece] = {}
        sign, start = "call", 0
        for token in self.marks():
            found = token[0]
            if token["equals"] and sign == "call" and "name" not in parts:
                parts["name"] = Piece(self.text[: token.start()], 0)
                start = token.end()
            elif found in ("<-", "for", "if", "else"):
                if found in parts or found == sign:
                    message = f"a second `{found}`"
                    raise self.fault(message, token.start(), len(found))
                parts[sign] = Piece(self.text[start : token.start()], start)
                sign, start = found, token.end()
        parts[sign] = Piece(self.text[start:], start)
        return parts

    def read(self) -> Entry:
        """Reads the entry."""
        parts = self.split()
        span = self.locate(0, len(self.text))
        name, name_span = None, None
        if piece := parts.get("name"):
            name = piece.text.strip()
            blanks = len(piece.text) - len(piece.text.lstrip())
            name_span = self.locate(blanks, len(name))
        call, repeat = self.repeated(parts["call"])
        loop = self.loop(parts["for"]) if "for" in parts else None
        condition = self.expression(parts["if"]) if "if" in parts else None
        otherwise = self.called(parts["else"]) if "else" in parts else None
        if "else" in parts and "if" not in parts:
            raise self.fault("an `else` without an `if`", parts["else"].start, 1)
        if sum(part is not None for part in (repeat, loop, condition)) > 1:
            help_ = "put the inner one into a block"
            message = "an entry has one of `*`, `for` and `if`"
            raise self.fault(message, 0, len(self.text), help_)
        sources = self.sources(parts["<-"]) if "<-" in parts else None
        return Entry(
            call, span, name, name_span, sources, repeat, loop, condition, otherwise
        )

    def expression(self, piece: Piece) -> Expression:
        """Reads one expression."""
        return parse(piece.text, self.within(piece))

    def repeated(self, piece: Piece) -> tuple[Call, Expression | None]:
        """Reads `CALL` or `CALL * N`."""
        found = self.expression(piece)
        repeat = None
        if isinstance(found, Operation) and found.operator == "*":
            found, repeat = found.operands
        return self.as_call(found, piece), repeat

    def called(self, piece: Piece) -> Call:
        """Reads `CALL`."""
        return self.as_call(self.expression(piece), piece)

    def as_call(self, found: Expression, piece: Piece) -> Call:
        """Takes an expression as a call: a bare name is one without arguments."""
        if isinstance(found, Name):
            return Call(found.name, (), found.span, found.span)
        if isinstance(found, Call):
            return found
        help_ = "an entry is a call, such as `Dense(8)`"
        message = "this is not a call of a layer"
        raise self.fault(message, piece.start, len(piece.text), help_)

    def loop(self, piece: Piece) -> Loop:
        """Reads `f, s in [(64, 1), (128, 2)]`."""
        found = self.expression(piece)
        help_ = "write `for units in [64, 32]`, or `for f, s in [(64, 1), (128, 2)]`"
        names, rows = None, None
        # Without brackets, Python reads `f, s in rows` as the pair of `f` and `s in rows`.
        if isinstance(found, Sequence) and found.items:
            *first, last = found.items
            if isinstance(last, Operation) and last.operator == "in":
                names, rows = (*first, last.operands[0]), last.operands[1]
        elif isinstance(found, Operation) and found.operator == "in":
            target, rows = found.operands
            names = target.items if isinstance(target, Sequence) else (target,)
        if (
            names is None
            or not all(isinstance(name, Name) for name in names)
            or not isinstance(rows, Sequence)
        ):
            message = "a loop runs over rows of values"
            raise self.fault(message, piece.start, len(piece.text), help_)
        return make_loop(names, rows, self.locate(piece.start, len(piece.text)))

    def sources(self, piece: Piece) -> tuple[Source, ...]:
        """Reads `a, b[0], query=x, use_causal_mask=True`."""
        return parse_sources(piece.text, self.within(piece))


def make_loop(names: tuple[Expression, ...], rows: Sequence, span: Span) -> Loop:
    """Pairs the names of a loop with the values of each row.

    Raises:
        Refused: A row has not one value for each name.
    """
    found = []
    for row in rows.items:
        values = row.items if isinstance(row, Sequence) and len(names) > 1 else (row,)
        if len(values) != len(names):
            message = f"this row has {len(values)} values for {len(names)} names"
            raise Refused(Diagnostic("KS110", message, row.span))
        found.append(tuple(values))
    wanted = tuple(name.name for name in names if isinstance(name, Name))
    return Loop(wanted, tuple(found), span)


def parse_sources(text: str, locate: Locate) -> tuple[Source, ...]:
    """Reads what an entry is called on, as it stands behind `<-`.

    Args:
        text: `a, b[0]`, or `query=x, value=y, use_causal_mask=True`.
        locate: Gives places in the file.

    Raises:
        Refused: It is not a list of names, outputs and call arguments.
    """
    head = "f("
    tree = parse_tree(
        f"{head}{text})",
        lambda start, length: locate(max(start - len(head), 0), length),
    )
    reader = Reader(
        f"{head}{text})",
        lambda start, length: locate(max(start - len(head), 0), length),
    )
    if not isinstance(tree, ast.Call) or ast.unparse(tree.func) != "f":
        raise Refused(
            Diagnostic("KS110", "this is not a list of names", locate(0, len(text)))
        )
    found = [
        Source(None, _source(value, reader), reader.span(value)) for value in tree.args
    ]
    for keyword in tree.keywords:
        value = _source(keyword.value, reader)
        found.append(Source(keyword.arg, value, reader.span(keyword)))
    return tuple(found)


def _source(tree: ast.expr, reader: Reader) -> Reference | ReferenceList | Expression:
    match tree:
        case ast.Name():
            return Reference(tree.id, None, reader.span(tree))
        case ast.Subscript(value=ast.Name(), slice=ast.Constant(value=int())):
            index = tree.slice.value  # type: ignore[attr-defined]  # matched above
            return Reference(tree.value.id, index, reader.span(tree))  # type: ignore[attr-defined]  # matched above
        case ast.List() | ast.Tuple() if tree.elts:
            items = [_source(item, reader) for item in tree.elts]
            references = tuple(item for item in items if isinstance(item, Reference))
            if len(references) == len(items):
                return ReferenceList(references, reader.span(tree))
    return reader.convert(tree, 0)


def parse_line(scalar: Scalar) -> Entry:
    """Reads an entry in line notation.

    Args:
        scalar: The node whose value is the text.

    Returns:
        The entry, with places inside of the text.

    Raises:
        Refused: The text is not an entry.
    """
    return Line(scalar).read()
