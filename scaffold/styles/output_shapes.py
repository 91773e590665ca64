"""Describe the outputs of a model, as far as their shapes hold for all params."""

from __future__ import annotations

import ast

from scaffold.catalogue import KerasCallable
from scaffold.ir.types import Collection, Graph, ModelIR, Node, Origin, TensorRef, is_op
from scaffold.shapes import KnownShapes, Shape, infer
from scaffold.styles.values import Writer

_SIZES = ("units", "filters", "output_dim")
"""The arguments that set the size of a layer's last output axis."""

_KEEP_BATCH = ("same", "broadcast")
"""Functions with these output shapes keep the batch axis."""


def describe_outputs(model: ModelIR, writer: Writer) -> str:
    """Describe the shape of the output, or of each output by its key.

    Returns:
        A sentence; `""` if a shape is not known, or differs between params.
    """
    graph = model.graph
    keys = graph.outputs.keys
    is_several = graph.gives != 1 or graph.outputs.is_list
    if not _is_simple(model) or keys is None and is_several:
        return ""
    known = infer(model, writer.catalogue)
    shapes = [_shape(graph, tensor, known, writer) for tensor in graph.outputs.tensors]
    if not all(shapes):
        return ""
    if keys is None:
        return f"Its output has the shape {shapes[0]}."
    texts = [
        f"`{key}` of shape {shape}" for key, shape in zip(keys, shapes, strict=True)
    ]
    *first, last = texts
    joined = f"{', '.join(first)} and {last}" if first else last
    return f"Its output is a dictionary with {joined}."


def _is_simple(model: ModelIR) -> bool:
    """Return whether the ranks and the batch axis do not depend on params."""
    if any(isinstance(param.default, Collection) for param in model.graph.params):
        return False
    options = [option for item in model.graph.inputs for option in item.options]
    if any(option.name == "batch_size" for option in options):
        return False
    return not any(map(_changes_rank, model.nodes))


def _changes_rank(node: Node) -> bool:
    if node.choice is not None:
        return True
    target = node.layer.target
    return is_op(node.layer) and (
        not isinstance(target, KerasCallable) or target.shape not in _KEEP_BATCH
    )


def _shape(graph: Graph, tensor: TensorRef, known: KnownShapes, writer: Writer) -> str:
    """Write the shape of an output, `""` if it is not known."""
    shape = _inferred(tensor, known)
    if shape is None or len(shape) < 2:
        return ""
    sizes = ["batch", *map(str, shape[1:])]
    if graph.params:
        last = _last_size(graph, tensor, writer)
        if len(shape) > 2 or not last:
            return ""
        sizes[-1] = last
    return "" if "None" in sizes else f"({', '.join(sizes)})"


def _inferred(tensor: TensorRef, known: KnownShapes) -> Shape | None:
    calls = known.outputs.get(Origin("", tensor.node), ())
    if len(calls) != 1 or calls[0][-1] is None or tensor.output is not None:
        return None
    return calls[0][-1][0]


def _last_size(graph: Graph, tensor: TensorRef, writer: Writer) -> str:
    """Write the argument that sets the size of the last axis of a tensor."""
    node = graph.step(tensor.node)
    if not isinstance(node, Node) or node.is_repeat or node.reused is not None:
        return ""
    target = node.layer.target
    if not isinstance(target, KerasCallable):
        return ""
    if target.shape == "same" and len(node.tensors) == 1:
        return _last_size(graph, node.tensors[0], writer)
    for bound in node.layer.arguments:
        if bound.name in _SIZES and target.registry == "layers":
            return ast.unparse(writer.value(bound.value))
    return ""
