"""The colours of a diagram: a block and its calls have the same colour."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.diagram.types import Box


class Colour(NamedTuple):
    """A colour.

    Attributes:
        fill: The colour of the area, light enough for dark text.
        line: The colour of the border.
    """

    fill: str
    line: str


TEXT = "#1f2328"
"""The colour of text."""

FAINT = "#59636e"
"""The colour of edges and secondary text: labels, shapes, repeats."""

KINDS = {
    "input": Colour("#eaeef2", "#59636e"),
    "layer": Colour("#ffffff", "#8c959f"),
    "output": Colour("#eaeef2", "#59636e"),
}
"""The colours of boxes that do not call a block, by kind."""

BLOCKS = (
    Colour("#ddf4ff", "#0969da"),
    Colour("#fff1d6", "#9a6700"),
    Colour("#dafbe1", "#1a7f37"),
    Colour("#fbefff", "#8250df"),
    Colour("#ffebe9", "#cf222e"),
    Colour("#d8f5f2", "#0f766e"),
)
"""The colours of blocks; with more blocks, the colours repeat."""


def of_block(number: int) -> Colour:
    """Return the colour of a block; blocks are numbered from 1."""
    return BLOCKS[(number - 1) % len(BLOCKS)]


def of_box(box: Box) -> Colour:
    """Return the colour of a box: for a call of a block, that of the block."""
    return of_block(box.block) if box.block else KINDS[box.kind]
