"""Pieces of code beside each other, the code of one entry at one height."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.comparison.types import CodeLine, Piece
from scaffold.ir.types import Origin


def align(pieces: Sequence[Piece]) -> list[tuple[CodeLine, ...]]:
    """Add blank lines to pieces, so that each entry of the spec begins at one height.

    Args:
        pieces: The pieces of a row.

    Returns:
        The lines of each piece; all pieces have the same number of lines.
    """
    starts = [_starts(piece) for piece in pieces]
    result: list[list[CodeLine]] = [[] for _ in pieces]
    done = [0] * len(pieces)
    for origin in _shared(starts):
        for at, piece in enumerate(pieces):
            result[at] += piece.lines[done[at] : starts[at][origin]]
            done[at] = starts[at][origin]
        _fill(result)
    for at, piece in enumerate(pieces):
        result[at] += piece.lines[done[at] :]
    _fill(result)
    return [tuple(lines) for lines in result]


def _starts(piece: Piece) -> dict[Origin, int]:
    """Return the first line of each entry in a piece."""
    starts: dict[Origin, int] = {}
    for at, line in enumerate(piece.lines):
        if line.origin is not None:
            starts.setdefault(line.origin, at)
    return starts


def _shared(starts: Sequence[dict[Origin, int]]) -> list[Origin]:
    """Return the entries that all pieces have, as far as they have one order."""
    shared: list[Origin] = []
    for origin in starts[0]:
        is_next = all(
            origin in own and (not shared or own[origin] > own[shared[-1]])
            for own in starts
        )
        if is_next:
            shared.append(origin)
    return shared


def _fill(columns: Sequence[list[CodeLine]]) -> None:
    """Add blank lines at the ends, so that all columns have one length."""
    longest = max(map(len, columns))
    for column in columns:
        column += [CodeLine("")] * (longest - len(column))
