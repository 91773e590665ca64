"""Masks that Keras would lose, or say that it loses, on the way through blocks."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir import ModelIR
from scaffold.ir.attention_masks import attended
from scaffold.ir.masks import Masks, blocks_of, passes
from scaffold.ir.names import Namespace, camel_case
from scaffold.ir.types import Graph, Object
from scaffold.ir.walk import wrapped
from scaffold.styles.types import MaskedModels


def masked_class(
    model: ModelIR, base: str, among: Set[str]
) -> tuple[MaskedModels | None, frozenset[str]]:
    """Return the class of nested models that masks may come to.

    Args:
        model: The model.
        base: What the class derives from.
        among: The blocks that are nested models.

    Returns:
        The class, `None` where it is not needed; and the blocks that are such models.
    """
    # What `TimeDistributed` calls, it calls past what looks for `compute_mask`.
    called = {name for node in model.nodes for name in node.blocks}
    reached = Masks(model).reached & among & called
    if not reached:
        return None, frozenset()
    names = (block.name for block in model.blocks)
    space = Namespace(*names, *(imported.name for imported in model.imports))
    return MaskedModels(space.take("Masked", "MaskedModel"), base), reached


def copying_class(model: ModelIR) -> str:
    """Return the name of the class that copies what attention is called on.

    Empty where no attention takes off a mask that something else needs.
    """
    if not attended(model):
        return ""
    # An attribute, and the name that Keras gives the layer, are made of it.
    named = [node.name for node in model.nodes]
    named += [param.name for graph in model.graphs for param in graph.params]
    classes = (*(block.name for block in model.blocks), camel_case(model.graph.name))
    imports = (imported.name for imported in model.imports)
    space = Namespace(*classes, *map(camel_case, named), *imports)
    return space.take("OwnMask", "MaskOfItsOwn")


class PassedMask(NamedTuple):
    """Where a block hands the mask of its input on by name.

    Attributes:
        nodes: Entries that are called with `mask=mask`.
        lost: Entries that use a mask and take it in another way.
    """

    nodes: frozenset[int]
    lost: frozenset[int]


def handed_by_name(model: ModelIR) -> dict[str, PassedMask]:
    """Find the blocks whose `call` has to take `mask`, and what it does with it.

    `TimeDistributed` calls a layer's `call` past all that Keras does around it: a mask
    comes there as the argument `mask`, and in no other way.

    Returns:
        Such blocks, by name: those inside of `TimeDistributed` that masks may come to,
        and the blocks that those call.
    """
    masks = Masks(model)
    wanted = {name for graph in model.graphs for name in wrapped(graph)}
    wanted &= masks.reached
    handed = {}
    for block in reversed(model.blocks):
        if block.name not in wanted:
            continue
        masked = masks.inside(block)
        same = {block_input.id for block_input in block.inputs}
        nodes, lost = set(), set()
        for node in block.nodes:
            if not any(tensor.node in masked for tensor in node.tensors):
                continue
            is_same = all(tensor.node in same for tensor in node.tensors)
            if is_same and all(map(_takes_mask, node.layers)):
                nodes.add(node.id)
                wanted |= blocks_of(node)
            elif any(map(_uses, node.layers)):
                lost.add(node.id)
            if is_same and all(map(_keeps, node.layers)):
                same.add(node.id)
        handed[block.name] = PassedMask(frozenset(nodes), frozenset(lost))
    return handed


def _takes_mask(layer: Object) -> bool:
    """Return whether a layer's `call` takes the mask of its only input by name."""
    target = layer.target
    if isinstance(target, Graph):
        return len(target.inputs) == 1
    if not isinstance(target, KerasCallable) or target.takes != "one":
        return False
    return _uses(layer) and any(argument.name == "mask" for argument in target.call)


def _uses(layer: Object) -> bool:
    target = layer.target
    if isinstance(target, KerasCallable):
        return target.masks == "uses" or target.name == facts.EACH_STEP
    return True


def _keeps(layer: Object) -> bool:
    """Return whether what a layer gives has the very mask of its only input."""
    target = layer.target
    is_single = isinstance(target, KerasCallable) and target.takes == "one"
    return is_single and passes(layer)
