"""The size of text, independent of the font of the reader.

All text is in a monospaced font. In such fonts, each character has about 0.6 times
the width of the font size, or twice that.
"""

from __future__ import annotations

from unicodedata import east_asian_width

from scaffold.diagram.layout import Size
from scaffold.diagram.types import Box

FONTS = (
    "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', "
    "'DejaVu Sans Mono', monospace"
)
"""The fonts; the first available one is used."""

TEXT, SMALL, TITLE = 12, 11, 13
"""The font sizes of boxes, edge labels, and titles of blocks."""

LEADING = 16
"""The distance between lines of text."""

_CHARACTER_WIDTH = 0.61  # relative to the font size; the widest font has 0.602
_PADDING_X, _PADDING_Y = 12, 7


def width_of(text: str, size: float) -> float:
    """Return the width of a text in points, slightly rounded up."""
    columns = sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
    return columns * size * _CHARACTER_WIDTH


def size_of(box: Box) -> Size:
    """Return the size of a box, including padding."""
    widest = max((width_of(line.text, TEXT) for line in box.lines), default=0.0)
    # The inner lines of a block, or round ends, need more space.
    more = 2 * _PADDING_X + (8 if box.kind != "layer" else 0)
    return Size(widest + more, len(box.lines) * LEADING + 2 * _PADDING_Y)
