"""Where masks may come to: the blocks that are called on masked tensors."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.ir import ModelIR
from scaffold.ir.names import Namespace
from scaffold.ir.types import Constant, Graph, Node, Object
from scaffold.ir.walk import within, wrapped
from scaffold.styles.types import Masked


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


def masked_class(
    model: ModelIR, base: str, among: Set[str]
) -> tuple[Masked | None, frozenset[str]]:
    """Gives the class of nested models that masks may come to.

    Args:
        model: The model.
        base: What the class derives from.
        among: The blocks that are nested models.

    Returns:
        The class, `None` where it is not needed; and the blocks that are such models.
    """
    # What `TimeDistributed` calls, it calls past what looks for `compute_mask`.
    called = {
        layer.target.name
        for graph in model.graphs
        for node in graph.nodes
        for layer in node.layers
        if isinstance(layer.target, Graph)
    }
    found = reached_by_masks(model) & among & called
    if not found:
        return None, frozenset()
    names = (block.name for block in model.blocks)
    space = Namespace(*names, *(one.name for one in model.imports))
    return Masked(space.take("Masked", "MaskedModel"), base), found


class Handed(NamedTuple):
    """Where a block hands the mask of its input on by name.

    Attributes:
        nodes: Entries that are called with `mask=mask`.
        lost: Entries that use a mask and take it in another way.
    """

    nodes: frozenset[int]
    lost: frozenset[int]


def handed_by_name(model: ModelIR) -> dict[str, Handed]:
    """Finds the blocks whose `call` has to take `mask`, and what it does with it.

    `TimeDistributed` calls a layer's `call` past all that Keras does around it: a mask
    comes there as the argument `mask`, and in no other way.

    Returns:
        Such blocks, by name: those inside of `TimeDistributed` that masks may come to,
        and the blocks that those call.
    """
    reached = reached_by_masks(model)
    wanted = {name for graph in model.graphs for name in wrapped(graph)} & reached
    found = {}
    for block in reversed(model.blocks):
        if block.name not in wanted:
            continue
        masked = _masked(block, frozenset(), is_reached=True)
        same = {given.id for given in block.inputs}
        nodes, lost = set(), set()
        for node in block.nodes:
            if not any(tensor.node in masked for tensor in node.tensors):
                continue
            is_same = all(tensor.node in same for tensor in node.tensors)
            if is_same and all(map(_takes_mask, node.layers)):
                nodes.add(node.id)
                wanted |= _blocks(node)
            elif any(map(_uses, node.layers)):
                lost.add(node.id)
            if is_same and all(map(_keeps, node.layers)):
                same.add(node.id)
        found[block.name] = Handed(frozenset(nodes), frozenset(lost))
    return found


def _takes_mask(layer: Object) -> bool:
    """Tells whether a layer's `call` takes the mask of its only input by name."""
    target = layer.target
    if isinstance(target, Graph):
        return len(target.inputs) == 1
    if not isinstance(target, KerasCallable) or target.takes != "one":
        return False
    return _uses(layer) and any(one.name == "mask" for one in target.call)


def _uses(layer: Object) -> bool:
    target = layer.target
    if isinstance(target, KerasCallable):
        return target.masks == "uses" or target.name == "TimeDistributed"
    return True


def _keeps(layer: Object) -> bool:
    """Tells whether what a layer gives has the very mask of its only input."""
    target = layer.target
    is_single = isinstance(target, KerasCallable) and target.takes == "one"
    return is_single and _passes(layer)


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
