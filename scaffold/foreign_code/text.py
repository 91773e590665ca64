"""The text of an entry that YAML, or its author, has cut in the wrong places."""

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
    """Return the text of an entry in line notation, `None` where it is none.

    A line that holds `: ` is a mapping for YAML; a bracket that its key leaves open
    tells that it is not meant so.
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
    """Join entries that YAML, in a list in brackets, has cut at their commas."""
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


def _has_dash(before: Scalar, item: Node) -> bool:
    """Return whether two entries of YAML have a dash between them, and no comma."""
    first, second = before.raw, item.raw if isinstance(item, Scalar) else None
    if first is None or second is None:
        return False
    return "-" in first.text[first.end : second.start]


def with_bodies(items: Sequence[Node], text: str) -> list[Node]:
    """Join the head of a loop with the entry below it, which is its body."""
    joined: list[Node] = []
    for item in items:
        before = joined[-1] if joined else None
        head = entry_text(before, text) if isinstance(before, Table) else None
        body = item.value if isinstance(item, Scalar) else None
        if head and _LOOP.fullmatch(head) and isinstance(body, str):
            first, last = joined.pop().span, item.span
            span = first._replace(end_line=last.end_line, end_column=last.end_column)
            item = Scalar(f"{head}\n    {body}", span)
        joined.append(item)
    return joined


def joined_pairs(pairs: Sequence[Pair], text: str) -> list[Pair]:
    """Join values that YAML has cut at their commas: `{image: (28, 28)}`."""
    result: list[Pair] = []
    for key, value in pairs:
        before = result[-1][1] if result else None
        if isinstance(before, Scalar) and _depth(before) > 0:
            result[-1] = (result[-1][0], _whole([before, key], text))
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
    """Cut an entry at its signs; `None` where its brackets do not match."""
    try:
        parts = LineEntry(Scalar(text, _NOWHERE)).split()
    except Refused:
        return None
    return {sign: part.text for sign, part in parts.items()}


def is_entry(line: str) -> bool:
    """Return whether a line can be read as an entry: no other is ever proposed."""
    try:
        parse_line(Scalar(line, _NOWHERE))
    except Refused:
        return False
    return True


def is_alike(line: str, text: str) -> bool:
    """Return whether two lines differ in blanks and quotes alone."""
    bare, other = ("".join(each.split()).replace("'", '"') for each in (line, text))
    return bare == other


def quoted(line: str, *, is_flow: bool) -> str:
    """Put an entry into YAML's quotes where it needs them."""
    if not is_flow and not re.search(r": |:$| #|^[-?:,\[\]{}#&*!|>'\"%@`]", line):
        return line
    doubled = line.replace("'", "''")
    return f"'{doubled}'"
