"""Find the pieces that differ between the styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from scaffold.comparison.reasons import reasons
from scaffold.comparison.types import Difference, Piece, Purpose
from scaffold.styles import Module, Style

_TITLES: dict[Purpose, str] = {
    "imports": "Imports",
    "helpers": "Additional classes",
    "blocks": "Blocks",
    "layers": "Layers of the model",
    "calls": "Calls of the layers",
    "building": "Building",
    "saving": "Saving",
    "exporting": "Exporting",
    "overriding": "Overridden methods",
    "others": "Other methods",
    "instance": "Creating the model",
}


def differences(
    pieces: Iterable[Piece], modules: Mapping[Style, Module]
) -> tuple[Difference, ...]:
    """Group pieces by purpose, without those that are equal in all styles.

    Args:
        pieces: The pieces of all styles.
        modules: The module of each of these styles.
    """
    by_part: dict[tuple[Purpose, str], list[Piece]] = {}
    for piece in pieces:
        by_part.setdefault((piece.purpose, piece.part), []).append(piece)
    result = []
    seen: set[str] = set()
    for purpose in get_args(Purpose):
        rows = [
            tuple(row)
            for (row_purpose, _), row in by_part.items()
            if row_purpose == purpose and not _is_common(row, len(modules))
        ]
        if rows:
            if purpose == "imports":
                rows = [_one_row(rows, tuple(modules))]
            why = reasons(purpose, rows, modules)
            new = tuple(reason for reason in why if reason not in seen)
            seen.update(new)
            result.append(Difference(_TITLES[purpose], new, tuple(rows)))
    return tuple(result)


def common(pieces: Sequence[Piece], modules: Mapping[Style, Module]) -> tuple[str, ...]:
    """Return the names of the functions and classes that all styles have.

    Args:
        pieces: The pieces of all styles.
        modules: The module of each of these styles.
    """
    first = next(iter(modules.values()))
    by_name: dict[str, list[Piece]] = {}
    for piece in pieces:
        if piece.purpose == "helpers":
            by_name.setdefault(piece.part, []).append(piece)
    return (
        *(name for name, row in by_name.items() if _is_common(row, len(modules))),
        *(("compile_model",) if first.compiling is not None else ()),
        *(("main",) if first.training is not None else ()),
    )


def _is_common(row: Sequence[Piece], count: int) -> bool:
    """Check whether all styles have the same piece; of one style, imports count."""
    if count == 1:
        return row[0].purpose == "imports"
    return len(row) == count and len({piece.text for piece in row}) == 1


def _one_row(
    rows: Sequence[Sequence[Piece]], styles: Sequence[Style]
) -> tuple[Piece, ...]:
    """Merge the imports of each style into one piece."""
    gathered = []
    for style in styles:
        own = [piece for row in rows for piece in row if piece.style == style]
        if own:
            lines = tuple(line for piece in own for line in piece.lines)
            gathered.append(own[0]._replace(part="", lines=lines))
    return tuple(gathered)
