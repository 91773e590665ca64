"""A picture of a model: its steps, its blocks, and the shapes that are known.

    text = draw(model, catalogue, "svg")

Neither Keras nor TensorFlow has a part in it.
"""

from __future__ import annotations

from collections.abc import Mapping

from scaffold.catalogue import Catalogue
from scaffold.diagram.build import gather
from scaffold.diagram.types import Direction, PictureFormat
from scaffold.ir import ModelIR
from scaffold.ir.types import Origin
from scaffold.shapes import infer

__all__ = ["Direction", "PictureFormat", "draw"]


def draw(
    model: ModelIR,
    catalogue: Catalogue,
    written_as: PictureFormat = "mermaid",
    *,
    direction: Direction = "down",
    more: Mapping[Origin, str] | None = None,
) -> str:
    """Draw a model.

    Args:
        model: The model, in which the checks found no error.
        catalogue: What Keras offers.
        written_as: What the picture is written as.
        direction: Where data flows.
        more: Shapes that are known besides, as text: those that Keras was asked for.

    Returns:
        The text of the picture, digest included. The same model gives the same text.

    Raises:
        Refused: An SVG is asked for, and what finds places for boxes is not installed.
    """
    from scaffold.output import seal
    from scaffold.styles.header import note_of

    known = infer(model, catalogue)
    known = known._replace(descriptions={**(more or {}), **known.descriptions})
    picture = gather(model, catalogue, known)
    if written_as == "svg":
        from scaffold.diagram.svg import to_svg as write
    elif written_as == "dot":
        from scaffold.diagram.dot import to_dot as write
    else:
        from scaffold.diagram.mermaid import to_mermaid as write
    text = write(picture, "@digest@", direction)
    return seal(text, note_of(model.path, "diagram"))
