"""Where masks may come to: the blocks that are called on masked tensors."""

from __future__ import annotations

from scaffold.catalogue import KerasCallable
from scaffold.ir import ModelIR
from scaffold.ir.types import Constant, Graph, Node, Object
from scaffold.ir.walk import within


def reached_by_masks(model: ModelIR) -> frozenset[str]:
    """Finds the blocks that may be called on a tensor with a mask.

    A block that may give a masked tensor counts as giving one, so that a block is
    rather found once too often.
    """
    makers: set[str] = set()
    for block in model.blocks:
        if any(_makes(layer, makers) for node in block.nodes for layer in node.layers):
            makers.add(block.name)
    reached: set[str] = set()
    # Callers stand behind what they call: by its turn, all is known of a block.
    for graph in reversed(model.graphs):
        masked = set()
        if graph.is_block and graph.name in reached:
            masked |= {given.id for given in graph.inputs}
        for node in graph.nodes:
            is_called_masked = any(one.node in masked for one in node.tensors)
            if is_called_masked:
                reached |= _blocks(node)
            makes = any(_makes(layer, makers) for layer in node.layers)
            passes = any(map(_passes, node.layers))
            if makes or (is_called_masked and passes):
                masked.add(node.id)
    return frozenset(reached)


def _blocks(node: Node) -> set[str]:
    """Gives the blocks of an entry, those inside of other layers included."""
    return {
        one.target.name
        for layer in node.layers
        for one in within(layer)
        if isinstance(one, Object) and isinstance(one.target, Graph)
    }


def _makes(layer: Object, makers: set[str]) -> bool:
    target = layer.target
    if isinstance(target, Graph):
        return target.name in makers
    if not isinstance(target, KerasCallable) or target.masks != "makes":
        return False
    if not any(argument.name == "mask_zero" for argument in target.arguments):
        return True
    flags = [one.value for one in layer.arguments if one.name == "mask_zero"]
    return any(not (isinstance(one, Constant) and not one.value) for one in flags)


def _passes(layer: Object) -> bool:
    """Tells whether a layer may hand a mask on; of the user's own, nobody knows."""
    target = layer.target
    return not isinstance(target, KerasCallable) or target.masks in ("uses", "passes")
