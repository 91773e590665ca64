"""Write the names of layers, and decide where the code contains them."""

from __future__ import annotations

import ast

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir.types import Node, Object, is_op
from scaffold.styles.syntax import constant, f_string, name


def is_nothing(node: Node, layer: Object) -> bool:
    """Return whether a layer is the bare `Identity` of a choice, which is no step.

    It has no layer and no name in the code; any other `Identity` is a layer.
    """
    target = layer.target
    is_identity = isinstance(target, KerasCallable) and target.name == facts.NOTHING
    return layer is not node.layer and is_identity and not layer.arguments


def writes_name(node: Node, layer: Object) -> bool:
    """Return whether the code contains the name of a layer that is not a block."""
    return node.is_named and not is_op(layer) and not is_nothing(node, layer)


def layer_name(node: Node, prefix: str = "", index: str = "") -> ast.expr:
    """Write the name of the layer of a node.

    Args:
        node: The node.
        prefix: The variable with the name of the block that contains the layer.
        index: The variable with the number of the iteration, in a repeat.
    """
    if not prefix and not (node.is_repeat and index):
        return constant(node.name)
    parts: list[str | ast.expr] = [node.name]
    if prefix:
        parts = [name(prefix), f"_{node.name}"]
    if node.is_repeat and index:
        parts += ["_", name(index)]
    return f_string(*parts)
