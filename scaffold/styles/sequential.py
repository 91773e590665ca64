"""The sequential style: a plain list of layers."""

from __future__ import annotations

from scaffold.ir import ModelIR
from scaffold.styles.inputs import input_call
from scaffold.styles.types import Sequential
from scaffold.styles.values import Writer


def write(model: ModelIR, writer: Writer) -> Sequential:
    """Writes a chain as the items of `keras.Sequential`."""
    layers = [
        writer.layer(node.layer, node.name if node.is_named else None)
        for node in model.nodes
    ]
    return Sequential((input_call(model.inputs[0], writer), *layers))
