"""Detection of attention layers that remove masks from tensors used elsewhere.

`MultiHeadAttention` removes the mask from its input tensors in place (Keras 3.15.1).
Layers called on these tensors later see no mask, and which layers are later depends on
the style: a graph does not run in the order of its entries.
"""

from __future__ import annotations

from collections.abc import Mapping

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir.masks import Masks
from scaffold.ir.types import Graph, ModelIR, Node, Object, TensorRef

Attended = Mapping[int, frozenset[TensorRef]]
"""By entry, the input tensors that must be copied for its attention."""


def removes_masks(layer: Object) -> bool:
    """Return whether a layer removes the masks from its inputs."""
    target = layer.target
    return isinstance(target, KerasCallable) and target.name in facts.REMOVE_MASKS


def shared_masked_tensors(model: ModelIR) -> dict[str, Attended]:
    """Find the masked tensors that an attention shares with other users.

    Returns:
        The tensors of the entries of each graph, by `Graph.origin`; graphs without
        such tensors are omitted.
    """
    masks, passing_blocks = Masks(model), set[str]()
    by_origin = {}
    for graph in model.graphs:
        same = _same(graph, passing_blocks)
        inputs = {same[graph_input.id] for graph_input in graph.inputs}
        if any(same[tensor.node] in inputs for tensor in graph.outputs.tensors):
            passing_blocks.add(graph.name)
        nodes = _of(graph, masks.of(graph), same)
        if nodes:
            by_origin[graph.origin] = nodes
    return by_origin


def _of(graph: Graph, masked: set[int], same: Mapping[int, int]) -> Attended:
    by_node = {}
    for node in graph.nodes:
        if any(map(removes_masks, node.layers)):
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
    """Return whether anything but one attention may be called on a tensor."""
    if attention.is_repeat or any(
        same[output.node] == tensor for output in graph.outputs.tensors
    ):
        return True
    # The caller of a block may use the input tensors again.
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


def _same(graph: Graph, passing_blocks: set[str]) -> dict[int, int]:
    """Map each input and node to the first that may return the same tensor object."""
    first_of = {graph_input.id: graph_input.id for graph_input in graph.inputs}
    for node in graph.nodes:
        may_pass = any(
            _may_return_input(layer, passing_blocks) for layer in node.layers
        )
        first_of[node.id] = first_of[node.tensors[0].node] if may_pass else node.id
    return first_of


def _may_return_input(layer: Object, passing_blocks: set[str]) -> bool:
    target = layer.target
    if isinstance(target, KerasCallable):
        return target.registry == "layers" and target.name in facts.MAY_RETURN_INPUT
    return not isinstance(target, Graph) or target.name in passing_blocks
