"""The colours of a picture: each block has one, which its calls have, too."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.diagram.types import Box


class Colour(NamedTuple):
    """A colour.

    Attributes:
        fill: That of an area, light enough for dark text.
        line: That of the line around it.
    """

    fill: str
    line: str


TEXT = "#1f2328"
"""What is written."""

FAINT = "#59636e"
"""What is written beside: shapes, and how often."""

KINDS = {
    "input": Colour("#eaeef2", "#59636e"),
    "layer": Colour("#ffffff", "#8c959f"),
    "output": Colour("#eaeef2", "#59636e"),
}
"""The colours of boxes that call no block, by their kinds."""

BLOCKS = (
    Colour("#ddf4ff", "#0969da"),
    Colour("#fff1d6", "#9a6700"),
    Colour("#dafbe1", "#1a7f37"),
    Colour("#fbefff", "#8250df"),
    Colour("#ffebe9", "#cf222e"),
    Colour("#d8f5f2", "#0f766e"),
)
"""The colours of blocks; where there are more blocks, they begin anew."""


def of_block(number: int) -> Colour:
    """Return the colour of a block; blocks count from 1."""
    return BLOCKS[(number - 1) % len(BLOCKS)]


def of_box(box: Box) -> Colour:
    """Return the colour of a box: that of its block, if it calls one."""
    return of_block(box.block) if box.block else KINDS[box.kind]
