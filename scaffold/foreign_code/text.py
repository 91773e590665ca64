"""Restore the text of entries that YAML has split at the wrong positions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scaffold.diagnostics import Refused, Span
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.keyed import is_cut, is_statement
from scaffold.spec.line import LineEntry, parse_line
from scaffold.spec.places import Lines
from scaffold.spec.values import Pair

_NOWHERE = Span("")
_LOOP = re.compile(r"for\b.+\bin\b.+:")
_KEYWORD = re.compile(r"(?<=[(,\s])([A-Za-z_]\w*)\s*:\s+(?=[^\s])")


def entry_text(item: Node, text: str) -> str | None:
    """Return the text of an entry in line notation, `None` if it is not in it.

    YAML reads a line with `: ` as a mapping. An open bracket in its key shows that the
    line is not meant as one.
    """
    if isinstance(item, Scalar):
        return item.value if isinstance(item.value, str) else None
    lines = Lines(text, "")
    start = lines.index(item.span.line, item.span.column)
    end = lines.index(item.span.end_line, item.span.end_column)
    whole = " ".join(text[start:end].split())
    if isinstance(item, Items):
        return whole
    if not is_cut(item):
        return None
    if is_statement(str(item.pairs[0][0].value)):
        return whole if whole.endswith(":") else f"{whole}:"
    if whole.endswith("):"):
        return whole[:-1]
    if "lambda" in whole or "{" in whole:
        return whole
    return _KEYWORD.sub(r"\1=", whole)


def joined(items: Sequence[Node], text: str) -> list[Node]:
    """Join entries that YAML has split at their commas, in a list in brackets."""
    result: list[Node] = []
    waiting: list[Scalar] = []
    for item in items:
        is_text = isinstance(item, Scalar) and item.value is not None
        if waiting and _has_dash(waiting[-1], item):
            result += waiting
            waiting = []
        if is_text and (waiting or _depth(item) > 0):
            assert isinstance(item, Scalar)
            waiting.append(item)
            if sum(map(_depth, waiting)) <= 0:
                result.append(_whole(waiting, text))
                waiting = []
        else:
            result += [*waiting, item]
            waiting = []
    return [*result, *waiting]


def _has_dash(previous: Scalar, item: Node) -> bool:
    """Return whether two entries are separated by a dash, not by a comma."""
    first, second = previous.raw, item.raw if isinstance(item, Scalar) else None
    if first is None or second is None:
        return False
    return "-" in first.text[first.end : second.start]


def with_bodies(items: Sequence[Node], text: str) -> list[Node]:
    """Join the head of a loop with the next entry, which is its body."""
    joined: list[Node] = []
    for item in items:
        previous = joined[-1] if joined else None
        head = entry_text(previous, text) if isinstance(previous, Table) else None
        body = item.value if isinstance(item, Scalar) else None
        if head and _LOOP.fullmatch(head) and isinstance(body, str):
            first, last = joined.pop().span, item.span
            span = first._replace(end_line=last.end_line, end_column=last.end_column)
            item = Scalar(f"{head}\n    {body}", span)
        joined.append(item)
    return joined


def joined_pairs(pairs: Sequence[Pair], text: str) -> list[Pair]:
    """Join values that YAML has split at their commas: `{image: (28, 28)}`."""
    result: list[Pair] = []
    for key, value in pairs:
        previous = result[-1][1] if result else None
        if isinstance(previous, Scalar) and _depth(previous) > 0:
            result[-1] = (result[-1][0], _whole([previous, key], text))
        else:
            result.append((key, value))
    return result


def _depth(item: Node) -> int:
    """Count the brackets that an item leaves open."""
    text = str(item.value) if isinstance(item, Scalar) else ""
    return sum(text.count(bracket) for bracket in "([{") - sum(
        text.count(bracket) for bracket in ")]}"
    )


def _whole(parts: Sequence[Scalar], text: str) -> Scalar:
    lines = Lines(text, "")
    first, last = parts[0].span, parts[-1].span
    start = lines.index(first.line, first.column)
    end = lines.index(last.end_line, last.end_column)
    span = first._replace(end_line=last.end_line, end_column=last.end_column)
    return Scalar(" ".join(text[start:end].split()), span)


def split(text: str) -> dict[str, str] | None:
    """Split an entry at its signs; return `None` if its brackets do not match."""
    try:
        parts = LineEntry(Scalar(text, _NOWHERE)).split()
    except Refused:
        return None
    return {sign: part.text for sign, part in parts.items()}


def is_entry(line: str) -> bool:
    """Return whether a line can be read as an entry; helps propose no other lines."""
    try:
        parse_line(Scalar(line, _NOWHERE))
    except Refused:
        return False
    return True


def is_alike(line: str, text: str) -> bool:
    """Return whether two lines differ only in spaces and kinds of quotes."""
    bare, other = ("".join(item.split()).replace("'", '"') for item in (line, text))
    return bare == other


def quoted(line: str, *, is_flow: bool) -> str:
    """Quote an entry for YAML if it needs quotes."""
    if not is_flow and not re.search(r": |:$| #|^[-?:,\[\]{}#&*!|>'\"%@`]", line):
        return line
    doubled = line.replace("'", "''")
    return f"'{doubled}'"
