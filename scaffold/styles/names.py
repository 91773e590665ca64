"""What the code calls the layers of a model, and where it says so."""

from __future__ import annotations

import ast

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir.types import Node, Object, is_op
from scaffold.styles.syntax import constant, f_string, name


def is_nothing(node: Node, layer: Object) -> bool:
    """Return whether a layer is the bare `Identity` of a choice: no layer at all.

    It stands for no step, and has no name; an `Identity` by itself is a layer.
    """
    target = layer.target
    is_identity = isinstance(target, KerasCallable) and target.name == facts.NOTHING
    return layer is not node.layer and is_identity and not layer.arguments


def says_name(node: Node, layer: Object) -> bool:
    """Return whether the code says the name of an entry's layer, which is no block."""
    return node.is_named and not is_op(layer) and not is_nothing(node, layer)


def said_name(node: Node, prefix: str = "", index: str = "") -> ast.expr:
    """Write what a node's layer is called.

    Args:
        node: The node.
        prefix: The variable with the name of the block that the layer is part of.
        index: The variable with the number of the turn, in a row.
    """
    if not prefix and not (node.is_row and index):
        return constant(node.name)
    parts: list[str | ast.expr] = [node.name]
    if prefix:
        parts = [name(prefix), f"_{node.name}"]
    if node.is_row and index:
        parts += ["_", name(index)]
    return f_string(*parts)
