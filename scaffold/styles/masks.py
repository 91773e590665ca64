"""Where masks may come to: the blocks that are called on masked tensors."""

from __future__ import annotations

from collections.abc import Set

from scaffold.catalogue import KerasCallable
from scaffold.ir import ModelIR
from scaffold.ir.types import Constant, Graph, Node, Object
from scaffold.ir.walk import within


def reached_by_masks(model: ModelIR) -> frozenset[str]:
    """Finds the blocks that may be called on a tensor with a mask.

    A block that is called on one counts as giving one, and so does a layer of which
    nothing is known: a block is rather found once too often.
    """
    makers: set[str] = set()
    for block in model.blocks:
        masked = _masked(block, makers, is_reached=False)
        if any(tensor.node in masked for tensor in block.outputs.tensors):
            makers.add(block.name)
    reached: set[str] = set()
    # Callers stand behind what they call: by its turn, all is known of a block.
    for graph in reversed(model.graphs):
        is_reached = graph.is_block and graph.name in reached
        masked = _masked(graph, makers, is_reached=is_reached)
        for node in graph.nodes:
            if any(tensor.node in masked for tensor in node.tensors):
                reached |= _blocks(node)
    return frozenset(reached)


def _masked(graph: Graph, makers: Set[str], *, is_reached: bool) -> set[int]:
    """Finds the tensors of a graph that may have a mask."""
    masked = {given.id for given in graph.inputs} if is_reached else set()
    for node in graph.nodes:
        comes = any(tensor.node in masked for tensor in node.tensors)
        for layer in node.layers:
            if _makes(layer, makers) or (comes and _passes(layer)):
                masked.add(node.id)
    return masked


def _blocks(node: Node) -> set[str]:
    """Gives the blocks of an entry, those inside of other layers included."""
    return {
        one.target.name
        for layer in node.layers
        for one in within(layer)
        if isinstance(one, Object) and isinstance(one.target, Graph)
    }


def _makes(layer: Object, makers: Set[str]) -> bool:
    target = layer.target
    if isinstance(target, Graph):
        return target.name in makers
    if not isinstance(target, KerasCallable) or target.masks != "makes":
        return False
    return _may_be_set(layer, target, "mask_zero")


def _passes(layer: Object) -> bool:
    """Tells whether a layer may hand a mask on; of the user's own, nobody knows."""
    target = layer.target
    if not isinstance(target, KerasCallable):
        return True
    inner = [one.value for one in layer.arguments if isinstance(one.value, Object)]
    if target.name == "Bidirectional" and inner:
        return _passes(inner[0])
    if target.name == "GlobalAveragePooling1D" or target.masks == "":
        return False
    return _may_be_set(layer, target, "return_sequences")


def _may_be_set(layer: Object, target: KerasCallable, flag: str) -> bool:
    """Tells whether a flag may be true; a layer without it is as if it were."""
    if not any(argument.name == flag for argument in target.arguments):
        return True
    given = [bound.value for bound in layer.arguments if bound.name == flag]
    return any(not (isinstance(one, Constant) and not one.value) for one in given)
