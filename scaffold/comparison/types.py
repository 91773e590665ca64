"""What differs between the styles of a model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from scaffold.ir.types import Origin
from scaffold.styles import Fit, Style

ComparisonFormat = Literal["text", "markdown", "html"]
"""The formats of a comparison."""

Purpose = Literal[
    "imports",
    "helpers",
    "blocks",
    "layers",
    "calls",
    "building",
    "saving",
    "exporting",
    "overriding",
    "others",
    "instance",
]
"""What a piece of code is for, in the order in which pieces are shown."""


class CodeLine(NamedTuple):
    """A line of code, and the entry of the spec that it comes from, if any."""

    text: str
    origin: Origin | None = None


class Piece(NamedTuple):
    """A part of a generated file.

    Attributes:
        style: The style of the file.
        purpose: What the code is for.
        part: The name of the part, if several have this purpose, such as blocks.
        lines: The code, without docstrings.
    """

    style: Style
    purpose: Purpose
    part: str
    lines: tuple[CodeLine, ...]

    @property
    def text(self) -> str:
        """The code as text, without a final line break."""
        return "\n".join(line.text for line in self.lines)


class Arrangement(NamedTuple):
    """How pieces of code are beside each other.

    Attributes:
        pieces_per_row: The largest number of pieces beside each other.
        code_width: The width of each of them, in columns.
    """

    pieces_per_row: int
    code_width: int

    def chunks(self, row: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
        """Split a row into pieces that are beside each other."""
        for first in range(0, len(row), self.pieces_per_row):
            yield row[first : first + self.pieces_per_row]


class Difference(NamedTuple):
    """Code that differs between the styles.

    Attributes:
        title: What the code is for.
        reasons: Why it differs: a sentence for each difference.
        rows: The pieces to compare, side by side: at most one of each style in a row.
    """

    title: str
    reasons: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]


class Comparison(NamedTuple):
    """A model in all styles that can express it.

    Attributes:
        name: The model's Keras name.
        styles: The styles that can express it.
        unfit: The other styles.
        differences: What differs, in the order of the generated files.
        common: Functions and classes that are the same in these styles.
    """

    name: str
    styles: tuple[Style, ...]
    unfit: tuple[Fit, ...]
    differences: tuple[Difference, ...]
    common: tuple[str, ...]
