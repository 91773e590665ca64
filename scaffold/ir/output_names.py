"""The names of a model's outputs in Keras, in logs and under `compile`."""

from __future__ import annotations

from scaffold.ir.types import Graph, Node, TensorRef


def output_names(graph: Graph) -> tuple[str, ...]:
    """Return the names of a model's outputs: the keys, or the names of the entries.

    A model that returns a single tensor has no output names.
    """
    outputs = graph.outputs
    if outputs.keys is not None:
        return outputs.keys
    if not outputs.is_list and len(outputs.tensors) == 1:
        return ()
    inputs = {graph_input.id: graph_input.name for graph_input in graph.inputs}
    nodes = {node.id: node for node in graph.nodes}
    return tuple(
        inputs.get(tensor.node) or _name(nodes[tensor.node], tensor)
        for tensor in outputs.tensors
    )


def named_outputs(graph: Graph) -> frozenset[int]:
    """Return the entries after whose layers Keras names the outputs of a model.

    The outputs of a mapping are named after its keys.
    """
    outputs = graph.outputs
    if outputs.keys is not None or not (outputs.is_list or len(outputs.tensors) > 1):
        return frozenset()
    return frozenset(tensor.node for tensor in outputs.tensors)


def layer_names(graph: Graph) -> dict[int, str]:
    """Return the names that a functional model passes to Keras, by entry.

    These are the names of layers, if the spec or an output needs them, and those of
    blocks. In a repeat, the number of the layer follows.
    """
    outputs = frozenset() if graph.is_block else named_outputs(graph)
    # The output of a repeat has the name of the entry, but not its layers.
    outputs -= {node.id for node in graph.nodes if node.is_repeat}
    return {
        node.id: node.keras_name or node.name
        for node in graph.nodes
        if node.reused is None
        and not node.is_op
        and (node.keras_name or node.blocks or node.id in outputs)
    }


def _name(node: Node, tensor: TensorRef) -> str:
    """Return the name of an output of an entry; outputs of a block have a suffix."""
    target = node.layer.target
    if tensor.output is None or not isinstance(target, Graph):
        return node.name
    keys = target.outputs.keys
    return f"{node.name}_{keys[tensor.output] if keys else tensor.output}"
