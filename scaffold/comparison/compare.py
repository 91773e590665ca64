"""A comparison of a model's styles, as text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Mapping

from scaffold.catalogue import Catalogue
from scaffold.comparison.differences import common, differences
from scaffold.comparison.pieces import split
from scaffold.comparison.types import (
    Arrangement,
    Comparison,
    ComparisonFormat,
    Piece,
)
from scaffold.diagnostics import Refused
from scaffold.ir import ModelIR
from scaffold.output import seal
from scaffold.render.formatting import WIDTH
from scaffold.styles import Fit, Module, Style
from scaffold.styles import advise as find_fits
from scaffold.styles.header import model_name, note_of

_PAGE_WIDTH = 64
"""The columns of code on a page: three pieces fit beside each other on a screen."""


def compare(
    model: ModelIR,
    catalogue: Catalogue,
    written_as: ComparisonFormat = "text",
    *,
    width: int = 80,
    sealed: bool = True,
) -> str:
    """Show what differs between the styles of a model.

    Args:
        model: The model, in which the checks found no error.
        catalogue: The API of Keras.
        written_as: The format.
        width: The columns of a line of text. Markdown and HTML do not depend on it.
        sealed: Whether the first line has a digest, so that `--check` can compare
            the file later. It is a comment in Markdown and HTML.

    Returns:
        The comparison. The same model gives the same text.

    Raises:
        Refused: No style can express the model.
    """
    from scaffold.styles.write import write

    every = find_fits(model).fits
    unfit = tuple(fit for fit in every if fit.obstacles)
    modules = {
        fit.style: write(model, fit.style, catalogue)
        for fit in every
        if not fit.obstacles
    }
    if not modules:
        raise Refused(*(obstacle for fit in unfit for obstacle in fit.obstacles))
    text = _written(model, modules, unfit, written_as, width)
    note = note_of(model.path, "comparison")
    return seal(text, note) if sealed else text.partition("\n")[2].lstrip("\n")


def _written(
    model: ModelIR,
    modules: Mapping[Style, Module],
    unfit: tuple[Fit, ...],
    written_as: ComparisonFormat,
    width: int,
) -> str:
    """Write a comparison; its first line is for the digest."""
    if written_as == "text":
        from scaffold.comparison.text import arrangements, fits, to_text

        for arrangement in arrangements(len(modules), width):
            comparison = _gather(model, modules, unfit, arrangement)
            if arrangement.pieces_per_row == 1 or fits(comparison, arrangement):
                return to_text(comparison, arrangement, width)
    page_width = _PAGE_WIDTH if len(modules) > 1 else WIDTH
    comparison = _gather(model, modules, unfit, Arrangement(len(modules), page_width))
    if written_as == "html":
        from scaffold.comparison.html import to_html

        return to_html(comparison)
    from scaffold.comparison.markdown import to_markdown

    return to_markdown(comparison)


def _gather(
    model: ModelIR,
    modules: Mapping[Style, Module],
    unfit: tuple[Fit, ...],
    arrangement: Arrangement,
) -> Comparison:
    width = arrangement.code_width
    pieces = [piece for module in modules.values() for piece in split(module, width)]
    comparison = Comparison(
        model_name(model),
        tuple(modules),
        unfit,
        differences(pieces, modules),
        common(pieces, modules),
    )
    if arrangement.pieces_per_row == 1:
        return comparison
    return _widen(comparison, modules, arrangement)


def _widen(
    comparison: Comparison, modules: Mapping[Style, Module], arrangement: Arrangement
) -> Comparison:
    """Use the line breaks of the generated file for code that is alone."""
    rows = [row for difference in comparison.differences for row in difference.rows]
    alone = {
        (piece.purpose, piece.part, piece.style)
        for row in rows
        for chunk in arrangement.chunks(row)
        for piece in chunk
        if len(chunk) == 1
    }
    wide = {
        (piece.purpose, piece.part, piece.style): piece
        for style in {style for _, _, style in alone}
        for piece in split(modules[style], WIDTH)
    }

    def widened(piece: Piece) -> Piece:
        key = piece.purpose, piece.part, piece.style
        return wide.get(key, piece) if key in alone else piece

    differences = tuple(
        difference._replace(
            rows=tuple(tuple(map(widened, row)) for row in difference.rows)
        )
        for difference in comparison.differences
    )
    return comparison._replace(differences=differences)
