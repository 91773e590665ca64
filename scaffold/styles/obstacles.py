"""What stands in the way of saying a model in a style."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.diagnostics import Diagnostic
from scaffold.ir import ModelIR
from scaffold.styles.types import Style


def obstacles(model: ModelIR, style: Style) -> tuple[Diagnostic, ...]:
    """Finds every entry that a style cannot say.

    Args:
        model: The model, in which the checks found no error.
        style: The style.

    Returns:
        A finding for each such entry; none where the style can say the model.
    """
    return () if style == "subclass" else tuple(_not_in_graphs(model, style))


def _not_in_graphs(model: ModelIR, style: Style) -> Iterator[Diagnostic]:
    for node in model.nodes:
        target = node.layer.target
        if isinstance(target, KerasCallable) and not target.in_graphs:
            yield Diagnostic(
                "KS501",
                f"`{target.name}` cannot be part of a {style} model: called on a "
                "symbolic tensor it gives back the same one, and Keras sees a circle",
                node.layer.name_span,
                "a class can call it: --style subclass",
            )
