"""Masks that attention takes off tensors that something else uses as well.

`MultiHeadAttention` removes the mask of the very tensors that it is called on (Keras
3.15.1). What is called on them later sees none, and what is later depends on the style:
a graph does not run in the order of its entries.
"""

from __future__ import annotations

from collections.abc import Mapping

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir.masks import Masks
from scaffold.ir.types import Graph, ModelIR, Node, Object, TensorRef

Attended = Mapping[int, frozenset[TensorRef]]
"""By entry, the tensors that its attention has to be called on a copy of."""


def takes_masks_off(layer: Object) -> bool:
    """Return whether a layer removes the masks of what it is called on."""
    target = layer.target
    return isinstance(target, KerasCallable) and target.name in facts.TAKE_MASKS_OFF


def attended(model: ModelIR) -> dict[str, Attended]:
    """Find the masked tensors that an attention shares with something else.

    Returns:
        For the block or the model of each name (see `Graph.origin`), those of its
        entries; a graph without any is left out.
    """
    masks, givers = Masks(model), set[str]()
    by_origin = {}
    for graph in model.graphs:
        same = _same(graph, givers)
        inputs = {same[graph_input.id] for graph_input in graph.inputs}
        if any(same[tensor.node] in inputs for tensor in graph.outputs.tensors):
            givers.add(graph.name)
        nodes = _of(graph, masks.of(graph), same)
        if nodes:
            by_origin[graph.origin] = nodes
    return by_origin


def _of(graph: Graph, masked: set[int], same: Mapping[int, int]) -> Attended:
    by_node = {}
    for node in graph.nodes:
        if any(map(takes_masks_off, node.layers)):
            shared = frozenset(
                tensor
                for tensor in node.tensors
                if tensor.node in masked
                and _is_shared(graph, node, same, same[tensor.node])
            )
            if shared:
                by_node[node.id] = shared
    return by_node


def _is_shared(
    graph: Graph, attention: Node, same: Mapping[int, int], tensor: int
) -> bool:
    """Return whether anything but an attention may be called on a tensor."""
    if attention.is_row or any(
        same[output.node] == tensor for output in graph.outputs.tensors
    ):
        return True
    # Whoever calls a block may go on with what it called it on.
    if graph.is_block and any(
        same[graph_input.id] == tensor for graph_input in graph.inputs
    ):
        return True
    return any(
        same[used.node] == tensor
        for node in graph.nodes
        if node is not attention and same[node.id] != tensor
        for used in node.tensors
    )


def _same(graph: Graph, givers: set[str]) -> dict[int, int]:
    """Map each input and node to the first that may give the very same tensor."""
    first_of = {graph_input.id: graph_input.id for graph_input in graph.inputs}
    for node in graph.nodes:
        hands_on = any(_may_give_its_input(layer, givers) for layer in node.layers)
        first_of[node.id] = first_of[node.tensors[0].node] if hands_on else node.id
    return first_of


def _may_give_its_input(layer: Object, givers: set[str]) -> bool:
    target = layer.target
    if isinstance(target, KerasCallable):
        return target.registry == "layers" and target.name in facts.MAY_GIVE_INPUT
    return not isinstance(target, Graph) or target.name in givers
