"""Find masks that Keras loses, or warns about, when they pass through blocks."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir import ModelIR
from scaffold.ir.attention_masks import shared_masked_tensors
from scaffold.ir.masks import Masks, blocks_of, passes
from scaffold.ir.names import Namespace, camel_case
from scaffold.ir.types import Graph, Object
from scaffold.ir.walk import wrapped
from scaffold.styles.types import MaskedModels


def masked_class(
    model: ModelIR, base: str, among: Set[str]
) -> tuple[MaskedModels | None, frozenset[str]]:
    """Return the class of nested models that may receive a mask.

    Args:
        model: The model.
        base: The base class.
        among: The blocks that are nested models.

    Returns:
        The class, `None` if it is not needed; and the blocks that need it.
    """
    # `TimeDistributed` bypasses the code that checks for `compute_mask`.
    called = {name for node in model.nodes for name in node.blocks}
    reached = Masks(model).reached & among & called
    if not reached:
        return None, frozenset()
    names = (block.name for block in model.blocks)
    space = Namespace(*names, *(imported.name for imported in model.imports))
    return MaskedModels(space.take("Masked", "MaskedModel"), base), reached


def copying_class(model: ModelIR) -> str:
    """Return the name of the class that copies the inputs of attention.

    It is empty if no attention removes a mask that another layer needs.
    """
    if not shared_masked_tensors(model):
        return ""
    # An attribute, and the default name of the layer, derive from the class name.
    named = [node.name for node in model.nodes]
    named += [param.name for graph in model.graphs for param in graph.params]
    classes = (*(block.name for block in model.blocks), camel_case(model.graph.name))
    imports = (imported.name for imported in model.imports)
    space = Namespace(*classes, *map(camel_case, named), *imports)
    return space.take("OwnMask", "MaskOfItsOwn")


class PassedMask(NamedTuple):
    """Where a block passes the mask of its input explicitly.

    Attributes:
        nodes: Entries that are called with `mask=mask`.
        lost: Entries that use a mask, but cannot get it from that argument.
    """

    nodes: frozenset[int]
    lost: frozenset[int]


def passed_by_name(model: ModelIR) -> dict[str, PassedMask]:
    """Find the blocks whose `call` must take `mask`, and where they pass it.

    `TimeDistributed` runs the `call` of a layer directly, without `__call__`: a mask is
    passed only as the argument `mask`.

    Returns:
        Such blocks, by name: those inside `TimeDistributed` that may receive a mask,
        and the blocks that they call.
    """
    masks = Masks(model)
    pending = {name for graph in model.graphs for name in wrapped(graph)}
    pending &= masks.reached
    passed = {}
    for block in reversed(model.blocks):
        if block.name not in pending:
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
                pending |= blocks_of(node)
            elif any(map(_uses, node.layers)):
                lost.add(node.id)
            if is_same and all(map(_keeps, node.layers)):
                same.add(node.id)
        passed[block.name] = PassedMask(frozenset(nodes), frozenset(lost))
    return passed


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
        return target.masks == "uses" or target.name == facts.TIME_DISTRIBUTED
    return True


def _keeps(layer: Object) -> bool:
    """Return whether the output of a layer has the same mask as its only input."""
    target = layer.target
    is_single = isinstance(target, KerasCallable) and target.takes == "one"
    return is_single and passes(layer)
