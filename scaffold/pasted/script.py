"""Statements of Python as the entries of a list, with one finding for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.pasted.findings import Piece
from scaffold.pasted.flow import written
from scaffold.pasted.lists import Keys, Lists
from scaffold.pasted.raw import Code
from scaffold.pasted.runs import call_of
from scaffold.pasted.text import is_entry, quoted
from scaffold.spec.document import Items, Node, Scalar

_MOST_LINES = 40
_PROGRAM = "this is Python code, and `layers` takes a list of entries"
_LINES = "`layers` takes a list of entries, not statements of Python"


class Script(Lists):
    """Translates sections that are code."""

    def script(self, code: Code, node: Node, keys: Keys) -> Node:
        """Translate a section of statements.

        Args:
            code: The section.
            node: What stands there.
            keys: The sections beside it.
        """
        if code.section != "layers":
            text = str(code.pieces[0].value) if code.pieces else ""
            call = call_of(text)
            return node if call is None else self.as_section(code, call, code.span)
        items, pieces = self.translated(code.pieces, keys)
        message = ""
        is_string = isinstance(node, Scalar) and node.value not in (None, "")
        kind = ""
        if code.is_program:
            kind, message = "KS114", _PROGRAM
        elif not is_string:
            kind, message = "KS107", _LINES
        help_ = self.entries_help(items, pieces)
        if not help_:
            return node
        is_text = isinstance(node, Scalar) and isinstance(node.value, str)
        self.keep(
            node.span if is_text and node.value else code.span, message, help_, kind
        )
        return items

    def translated(
        self, statements: Sequence[Scalar], keys: Keys
    ) -> tuple[Items, list[Piece]]:
        """Translate statements, and return what is said of each of them."""
        self.places += [each.span for each in statements]
        kept, self.pieces = self.pieces, []
        span = statements[0].span if statements else self.places[0]
        last = statements[-1].span if statements else span
        span = span._replace(end_line=last.end_line, end_column=last.end_column)
        try:
            new = self.layers(Items((*statements,), span), keys)
        finally:
            pieces, self.pieces = self.pieces, kept
        assert isinstance(new, Items)
        originals = {id(each) for each in statements}
        items = [
            each
            for each in new.items
            if isinstance(each, Scalar)
            and is_entry(str(each.value))
            and not (id(each) in originals and "\n" in str(each.value))
        ]
        return Items((*items,), new.span), pieces

    def entries_help(self, items: Items, pieces: Sequence[Piece]) -> str:
        """Say what to write for statements; `""` where there is nothing."""
        lines = [quoted(str(each.value), is_flow=False) for each in _scalars(items)]
        if not lines:
            return ""
        help_ = f"write one entry a line, each after `- `: {listed(lines)}"
        return help_ + self.beside(pieces)

    def beside(self, pieces: Sequence[Piece]) -> str:
        """Say what else has to be written, and what is left to do."""
        help_ = ""
        for name, node in self.added.items():
            help_ += f"; beside `layers` write `{name}: {written(node)}`"
        for piece in pieces:
            if piece.help.startswith(("remove it", "write `")):
                continue
            help_ += f"; for line {piece.span.line}, {piece.help}"
        return help_


def listed(lines: Sequence[str]) -> str:
    """Write entries as a list in a help."""
    shown = ", ".join(f"`- {line}`" for line in lines[:_MOST_LINES])
    more = f", and so on ({len(lines)} lines)" if len(lines) > _MOST_LINES else ""
    return f"{shown}{more}"


def _scalars(items: Items) -> list[Scalar]:
    return [each for each in items.items if isinstance(each, Scalar)]
