"""Write the names of layers, and decide where the code contains them."""

from __future__ import annotations

import ast

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir.layer_names import base_name
from scaffold.ir.names import plural
from scaffold.ir.types import Graph, Node, Object, is_op
from scaffold.styles.syntax import constant, f_string, name


def is_nothing(node: Node, layer: Object) -> bool:
    """Return whether a layer is the bare `Identity` of a choice, which is no step.

    It has no layer and no name in the code; any other `Identity` is a layer.
    """
    target = layer.target
    is_identity = isinstance(target, KerasCallable) and target.name == facts.NOTHING
    return layer is not node.layer and is_identity and not layer.arguments


def writes_name(node: Node, layer: Object) -> bool:
    """Return whether the code passes a name to a layer that is not a block."""
    has_name = node.keras_name is not None
    return has_name and not is_op(layer) and not is_nothing(node, layer)


def attribute_of_layer(node: Node) -> str:
    """Return the attribute for the layer of a node; that of a repeat is a plural.

    A repeat of the block `Stage` is `stages`, and one named `encoder` `encoder_blocks`.
    A repeat of Keras layers named `hidden` is `hidden_layers`.
    """
    own = node.name
    if not node.is_named:
        own = base_name(node.layer) if node.is_repeat else own
        for keras_name, spelling in facts.SPELLINGS.items():
            own = own.replace(keras_name, spelling)
    if not node.is_repeat:
        return own
    if plural(own) == own:
        return own
    if not isinstance(node.layer.target, Graph):
        return f"{own}_layers"
    is_class = base_name(node.layer) == own
    return plural(own) if is_class else f"{own}_blocks"


def layer_name(node: Node, prefix: str = "", index: str = "") -> ast.expr:
    """Write the name of the layer of a node, in Keras.

    Args:
        node: The node.
        prefix: The variable with the name of the block that contains the layer.
        index: The variable with the number of the iteration, in a repeat.
    """
    own = node.keras_name or node.name
    if not prefix and not (node.is_repeat and index):
        return constant(own)
    parts: list[str | ast.expr] = [own]
    if prefix:
        parts = [name(prefix), f"_{own}"]
    if node.is_repeat and index:
        parts += ["_", name(index)]
    return f_string(*parts)
