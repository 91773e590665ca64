"""A comparison as Markdown, as GitHub renders it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from scaffold.comparison.types import Comparison, Difference, Piece
from scaffold.comparison.wording import summary, what_is_common, why_unfit
from scaffold.diagnostics import printable

_CODE = re.compile(r"(`[^`]*`)")


def to_markdown(comparison: Comparison) -> str:
    """Write a comparison as Markdown, with a line for the digest.

    Pieces of code that are beside each other are the cells of a table: GitHub renders
    Markdown inside HTML tables.

    Args:
        comparison: The comparison.
    """
    lines = ["<!-- @digest@ -->", "", f"# {_text(summary(comparison))}"]
    for unfit in comparison.unfit:
        first, *reasons = why_unfit(unfit)
        lines += ["", first, "", *(f"- {_text(reason)}" for reason in reasons)]
    for difference in comparison.differences:
        lines += ["", *_difference(difference)]
    return "\n".join([*lines, "", what_is_common(comparison)]) + "\n"


def _text(text: str) -> str:
    """Escape text, except code in backquotes."""
    pieces = _CODE.split(printable(text))
    return "".join(
        piece if piece.startswith("`") else _escape(piece) for piece in pieces
    )


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]#|~$])", r"\\\1", escape(text, quote=False))


def _difference(difference: Difference) -> Iterator[str]:
    yield f"## {difference.title}"
    yield ""
    yield from (f"- {reason}" for reason in difference.reasons)
    for row in difference.rows:
        yield ""
        yield from _table(row) if len(row) > 1 else _alone(row[0])


def _alone(piece: Piece) -> list[str]:
    return [f"{piece.style}:".capitalize(), "", *_fenced(piece)]


def _table(pieces: Sequence[Piece]) -> Iterator[str]:
    yield "<table>"
    yield f"<tr>{''.join(f'<th>{piece.style}</th>' for piece in pieces)}</tr>"
    yield '<tr valign="top">'
    for piece in pieces:
        yield from ("<td>", "", *_fenced(piece), "", "</td>")
    yield from ("</tr>", "</table>")


def _fenced(piece: Piece) -> list[str]:
    """Put code between fences that are longer than any in it."""
    longest = max(map(len, re.findall("`+", piece.text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}python", *piece.text.splitlines(), fence]
