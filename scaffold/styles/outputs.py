"""Name the outputs of a model with several, in the functional style.

Keras names an output after the layer that produces it. The output of an operation, a
block, a repeat or a layer with another name lacks the name of the entry, so an
`Identity` with it is added.
"""

from __future__ import annotations

from scaffold.ir import ModelIR
from scaffold.ir.layer_names import is_counted
from scaffold.ir.output_names import output_names
from scaffold.ir.types import Graph, Node, Object, TensorRef, is_op
from scaffold.ir.walk import blocks_as_models
from scaffold.styles.names import is_nothing
from scaffold.styles.types import ImportStatement


def names_to_add(model: ModelIR) -> tuple[str | None, ...]:
    """Return the name to add to each output, `None` if it already has its name."""
    graph = model.graph
    if graph.outputs.keys is not None:
        return (None,) * graph.gives
    names, seen = output_names(graph), set[TensorRef]()
    # Keras names operations too: a layer cannot be `mean` next to `ops.mean`, and not
    # `mean_1` next to two of them.
    layers = [layer for node in model.nodes for layer in node.layers]
    taken = {layer.name.removeprefix("ops.") for layer in layers if is_op(layer)}
    missing: list[str | None] = []
    for name, tensor in zip(names, graph.outputs.tensors, strict=False):
        is_taken = any(is_counted(base, {name}) for base in taken)
        has_name = tensor in seen or is_taken or _has_name(model, tensor)
        missing.append(None if has_name else name)
        seen.add(tensor)
    return tuple(missing)


def sides_to_name(model: ModelIR, node: Node) -> tuple[Object, ...]:
    """Return the sides of a choice that lack the name that the other side has.

    The result is empty if the choice is not one of several outputs.
    """
    is_output = any(tensor.node == node.id for tensor in model.graph.outputs.tensors)
    has_names = bool(output_names(model.graph)) and not model.graph.outputs.keys
    lacking = tuple(layer for layer in node.layers if _lacks_name(model, node, layer))
    is_mixed = 0 < len(lacking) < len(node.layers)
    return lacking if has_names and is_output and is_mixed else ()


def imports(model: ModelIR) -> tuple[ImportStatement, ...]:
    """Return the imports that such an `Identity` needs."""
    adds = any(names_to_add(model)) or any(
        sides_to_name(model, node) for node in model.graph.nodes
    )
    return (ImportStatement("keras", "layers"),) if adds else ()


def _has_name(model: ModelIR, tensor: TensorRef) -> bool:
    """Return whether an output comes from a layer with the name of its entry."""
    inputs = model.graph.inputs
    for model_input in inputs:
        if model_input.id == tensor.node:
            return model_input.is_named or len(inputs) > 1
    node = model.graph.step(tensor.node)
    assert isinstance(node, Node)
    if node.reused is not None or node.is_repeat:
        return False
    if tensor.output is not None and any(
        _is_block(candidate) for candidate in node.layers
    ):
        return False
    # In a choice, the other side may have the name already.
    return not all(_lacks_name(model, node, layer) for layer in node.layers)


def _lacks_name(model: ModelIR, node: Node, layer: Object) -> bool:
    """Return whether the output of a layer lacks the name of the entry."""
    target = layer.target
    if isinstance(target, Graph):
        return target.name not in blocks_as_models(model)
    has_other = node.keras_name not in (None, node.name)
    return has_other or is_op(layer) or is_nothing(node, layer)


def _is_block(layer: Object) -> bool:
    return isinstance(layer.target, Graph)
