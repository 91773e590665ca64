"""A comparison as text for a terminal: pieces of code beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scaffold.comparison.alignment import align
from scaffold.comparison.types import (
    Arrangement,
    Comparison,
    Difference,
    Piece,
)
from scaffold.comparison.wording import summary, what_is_common, why_unfit
from scaffold.diagnostics import printable
from scaffold.output.digest import PLACEHOLDER
from scaffold.render.formatting import WIDTH
from scaffold.render.width import columns, wrap
from scaffold.styles import Fit

_NARROWEST = 46
"""The fewest columns of code beside other code: a class can be registered in them."""

_GAP = " │ "


def arrangements(styles: int, width: int) -> Iterator[Arrangement]:
    """Return the possible arrangements, with the most pieces in a row first.

    Args:
        styles: The number of styles.
        width: The columns of a line of text.
    """
    for count in range(styles, 0, -1):
        code_width = (width - len(_GAP) * (count - 1)) // count
        if count == 1 or code_width >= _NARROWEST:
            yield Arrangement(count, min(code_width, WIDTH))


def fits(comparison: Comparison, arrangement: Arrangement) -> bool:
    """Check whether all code beside other code fits. Comments can be wrapped."""
    return all(
        columns(line.text) <= arrangement.code_width or _is_comment(line.text)
        for difference in comparison.differences
        for row in difference.rows
        for pieces in arrangement.chunks(row)
        if len(pieces) > 1
        for piece in pieces
        for line in piece.lines
    )


def to_text(comparison: Comparison, arrangement: Arrangement, width: int) -> str:
    """Write a comparison as text, with a line for the digest.

    Args:
        comparison: The comparison.
        arrangement: How the pieces are arranged.
        width: The columns of a line.
    """
    lines = [PLACEHOLDER, "", *wrap(summary(comparison), width)]
    for unfit in comparison.unfit:
        lines += ["", *_unfit(unfit, width)]
    for difference in comparison.differences:
        lines += ["", *_difference(difference, arrangement, width)]
    lines += ["", *wrap(what_is_common(comparison), width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _unfit(unfit: Fit, width: int) -> Iterator[str]:
    first, *reasons = why_unfit(unfit)
    yield from wrap(first, width)
    for reason in reasons:
        yield from wrap(printable(reason), width, "  ", "    ")


def _difference(
    difference: Difference, arrangement: Arrangement, width: int
) -> Iterator[str]:
    title = f"── {difference.title} "
    yield title + "─" * (width - len(title))
    for reason in difference.reasons:
        yield from wrap(reason, width, "- ", "  ")
    for row in difference.rows:
        for pieces in arrangement.chunks(row):
            is_alone = len(pieces) == 1
            yield ""
            yield from _beside(
                pieces, min(width, WIDTH) if is_alone else arrangement.code_width
            )


def _beside(pieces: Sequence[Piece], width: int) -> Iterator[str]:
    """Write pieces beside each other, under the names of their styles."""
    yield _GAP.join(_padded(piece.style, width) for piece in pieces)
    yield _GAP.replace(" ", "─").replace("│", "┼").join("─" * width for _ in pieces)
    for lines in zip(*align(pieces), strict=True):
        cells = [list(_broken(line.text, width)) for line in lines]
        for at in range(max(map(len, cells))):
            texts = [cell[at] if at < len(cell) else "" for cell in cells]
            yield _GAP.join(_padded(text, width) for text in texts)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _broken(line: str, width: int) -> Iterator[str]:
    """Break a line of code that is too wide, after a space if possible."""
    if _is_comment(line):
        start = line[: line.index("#")] + "# "
        yield from wrap(line.lstrip(" #"), width, start, start)
        return
    indent = " " * min(len(line) - len(line.lstrip()) + 8, width // 2)
    while columns(line) > width:
        most = len(line)
        while columns(line[:most]) > width:
            most -= 1
        cut = line.rfind(" ", len(indent) + 1, most) + 1 or most
        yield line[:cut].rstrip()
        line = indent + line[cut:]
    yield line
