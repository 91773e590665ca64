"""Translate Python statements to the entries of a list, with a single finding."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scaffold.diagnostics import Span
from scaffold.foreign_code.code_sections import CodeSection
from scaffold.foreign_code.entry_lists import Keys, Lists
from scaffold.foreign_code.findings import PastedPiece
from scaffold.foreign_code.text import quoted
from scaffold.foreign_code.training_calls import call_of
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.node_text import written

_MOST_LINES = 40
_ENTRY = re.compile(r"(?:\w+\s*=\s*)?(?:[A-Z]\w*|ops\.\w+|reuse)\b(?![.\n])[^\n]*$")
"""Matches a line that already is an entry."""
_CALL = re.compile(r"(?:\w+\s*=\s*)?([A-Z]\w*)")
_PROGRAM = "this is Python code, but `layers` takes a list of entries"
_LINES = "`layers` takes a list of entries, not Python statements"


class Script(Lists):
    """Translates sections that are Python code."""

    untranslated: list[int]
    """The numbers of the lines without an entry."""

    def script(self, code: CodeSection, node: Node, keys: Keys) -> Node:
        """Translate a section of statements.

        Args:
            code: The section.
            node: The node of the section.
            keys: The sections next to it.
        """
        if code.section != "layers":
            text = str(code.pieces[0].value) if code.pieces else ""
            call = call_of(text)
            return node if call is None else self.as_section(code, call, node)
        if "params" not in keys:
            keys = {**keys, "params": code.params}
        items, pieces = self.translated(code.pieces, keys)
        if "params" not in self.keys:
            lines = [str(item.value) for item in _scalars(items)]
            self.declare(code.params, lines)
        value = node.value if isinstance(node, Scalar) else None
        is_string = isinstance(value, str) and value != ""
        message, kind = "", ""
        if code.is_program:
            kind, message = "KS114", _PROGRAM
        elif not is_string:
            kind, message = "KS107", _LINES
        help_ = self.entries_help(items, pieces)
        if not help_:
            return node
        self.report(node.span if is_string else code.span, message, help_, kind)
        return items

    def declare(self, params: Table, lines: Sequence[str]) -> None:
        """Store the params that entries use, for the help."""
        used = {name for line in lines for name in re.findall(r"\w+", line)}
        pairs = tuple(pair for pair in params.pairs if pair[0].value in used)
        if pairs:
            self.added["params"] = Table(pairs, params.span)

    def translated(
        self, statements: Sequence[Scalar], keys: Keys
    ) -> tuple[Items, list[PastedPiece]]:
        """Translate statements; return their entries, and the pieces to report."""
        self.places += [statement.span for statement in statements]
        self.untranslated = []
        outer, self.pieces = self.pieces, []
        span = statements[0].span if statements else Span("")
        last = statements[-1].span if statements else span
        span = span._replace(end_line=last.end_line, end_column=last.end_column)
        try:
            new = self.layers(Items((*statements,), span), keys)
        finally:
            pieces, self.pieces = self.pieces, outer
        assert isinstance(new, Items)
        originals = {id(statement) for statement in statements}
        items: list[Scalar] = []
        for item in new.items:
            if id(item) in self.placeholders or not isinstance(item, Scalar):
                continue
            if id(item) in originals and not _ENTRY.match(str(item.value)):
                self.untranslated.append(item.span.line)
            else:
                items.append(item)
        return Items((*items,), new.span), pieces

    def entries_help(self, items: Items, pieces: Sequence[PastedPiece]) -> str:
        """Return the help for statements; `""` if no entry results."""
        lines = [quoted(str(item.value), is_flow=False) for item in _scalars(items)]
        if not lines:
            return ""
        help_ = f"write one entry per line, each after `- `: {listed(lines)}"
        return help_ + self.remaining_help(items, pieces)

    def remaining_help(self, items: Items, pieces: Sequence[PastedPiece]) -> str:
        """Return the help for other sections, and for lines that are not translated."""
        help_ = ""
        calls = [_CALL.match(str(item.value)) for item in _scalars(items)]
        names = dict.fromkeys(call[1] for call in calls if call is not None)
        for name in names:
            is_known = self.catalogue.find("layers", name) or name in self.own
            if not is_known:
                help_ += f"; write `{name}` as a block or as your own layer"
        for name, node in self.added.items():
            help_ += f"; next to `layers`, write `{name}: {written(node)}`"
        for piece in pieces:
            if piece.help.startswith(("remove it", "write `", "write its layers")):
                continue
            help_ += f"; for line {piece.span.line}, {piece.help}"
        for line in self.untranslated:
            help_ += f"; line {line} has no known equivalent"
        return help_


def listed(lines: Sequence[str]) -> str:
    """Format entries as a list in a help."""
    shown = ", ".join(f"`- {line}`" for line in lines[:_MOST_LINES])
    note = f", and so on ({len(lines)} lines)" if len(lines) > _MOST_LINES else ""
    return f"{shown}{note}"


def _scalars(items: Items) -> list[Scalar]:
    return [item for item in items.items if isinstance(item, Scalar)]
