"""How much room text takes, whichever font a reader has.

All text is in a font in which every character is as wide as any other: six tenths of
its size, or twice that. Fonts of that sort keep to it.
"""

from __future__ import annotations

from unicodedata import east_asian_width

from scaffold.diagram.layout import Size
from scaffold.diagram.types import Box

FONTS = (
    "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', "
    "'DejaVu Sans Mono', monospace"
)
"""The fonts, the first that a reader has."""

TEXT, SMALL, TITLE = 12, 11, 13
"""The sizes of text in boxes, beside lines, and above blocks."""

LEADING = 16
"""How far lines of text are apart."""

_WIDE = 0.61  # of the size: the widest of the fonts has 0.602
_BESIDE, _ABOVE = 12, 7


def width_of(text: str, size: float) -> float:
    """Return the width of a text, in points, rounded up a little."""
    columns = sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
    return columns * size * _WIDE


def size_of(box: Box) -> Size:
    """Return the size of a box, with room around its text."""
    widest = max((width_of(line.text, TEXT) for line in box.lines), default=0.0)
    # A block has a second line inside, at its left and right; round ends take as much.
    more = 2 * _BESIDE + (8 if box.kind != "layer" else 0)
    return Size(widest + more, len(box.lines) * LEADING + 2 * _ABOVE)
