"""Draw a model: its layers, its blocks, and the known shapes.

    text = draw(model, catalogue, "svg")

Neither Keras nor TensorFlow is imported.
"""

from __future__ import annotations

from collections.abc import Mapping

from scaffold.catalogue import Catalogue
from scaffold.diagram.build import build_diagram
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
        model: A model without errors.
        catalogue: The catalogue of Keras.
        written_as: The format of the diagram.
        direction: The direction of the data flow.
        more: Additional shapes as text, such as those that Keras has computed.

    Returns:
        The text of the diagram, including a digest. It is the same for equal models.

    Raises:
        Refused: The format is SVG, and Graphviz is not installed, does not work, or the
            diagram is too large for it.
    """
    from scaffold.output import seal
    from scaffold.styles.header import note_of

    known = infer(model, catalogue)
    known = known._replace(descriptions={**(more or {}), **known.descriptions})
    diagram = build_diagram(model, catalogue, known)
    if written_as == "svg":
        from scaffold.diagram.svg import to_svg as write
    elif written_as == "dot":
        from scaffold.diagram.dot import to_dot as write
    else:
        from scaffold.diagram.mermaid import to_mermaid as write
    text = write(diagram, "@digest@", direction)
    return seal(text, note_of(model.path, "diagram"))
