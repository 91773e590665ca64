"""Build a diagram from the IR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.diagram.boxes import Boxes
from scaffold.diagram.labels import Labels, one_line
from scaffold.diagram.types import Box, Cluster, Diagram, Edge, TextLine
from scaffold.ir.fold import scope_of
from scaffold.ir.output_names import output_names
from scaffold.ir.types import Graph, ModelIR, Node, Value
from scaffold.ir.walk import users
from scaffold.shapes import KnownShapes
from scaffold.styles.header import model_name


def build_diagram(model: ModelIR, catalogue: Catalogue, known: KnownShapes) -> Diagram:
    """Return the diagram of a model.

    Args:
        model: A model without errors.
        catalogue: The catalogue of Keras.
        known: The known shapes.
    """
    labels = Labels(catalogue)
    # Each block uses only blocks before it: the callers come first.
    blocks = tuple(reversed(model.blocks))
    numbers = {block.name: number for number, block in enumerate(blocks, start=1)}
    scope = scope_of(model.graph.params)
    groups = [_group(model.graph, scope, labels, known, numbers)]
    groups += [_group(block, {}, labels, known, numbers) for block in blocks]
    description = one_line(model.graph.description)
    return Diagram(model_name(model), description, tuple(groups))


def _group(
    graph: Graph,
    scope: Mapping[str, Value],
    labels: Labels,
    known: KnownShapes,
    numbers: Mapping[str, int],
) -> Cluster:
    number = numbers[graph.name] if graph.is_block else 0
    boxes = Boxes(graph, scope, labels, known)
    inner_boxes = [
        boxes.of_input(model_input, _key(number, model_input.id))
        for model_input in graph.inputs
    ]
    inner_boxes += [
        boxes.of_node(node, _key(number, node.id), numbers) for node in graph.nodes
    ]
    edges = [edge for node in graph.nodes for edge in _edges(graph, node, number)]
    output_boxes, output_edges = _outputs(graph, number)
    title = labels.title(graph) if graph.is_block else graph.name
    return Cluster(
        number, title, (*inner_boxes, *output_boxes), (*edges, *output_edges)
    )


def _key(number: int, node: int) -> str:
    """Return the key of a box, which is not a keyword in any format."""
    return f"b{number}n{node}" if number else f"n{node}"


def _edges(graph: Graph, node: Node, number: int) -> Iterator[Edge]:
    """Return the edges to an entry: one from each box, for one or more tensors."""
    head = _key(number, node.id)
    by_tail: dict[int, dict[str, list[str]]] = {}
    names = _argument_names(graph, node)
    position = 0
    for passed in node.passed:
        for tensor in passed.tensors:
            name = passed.keyword or (names[position] if position < len(names) else "")
            position += not passed.keyword
            which = "" if tensor.output is None else f"[{tensor.output}]"
            by_tail.setdefault(tensor.node, {}).setdefault(name, []).append(which)
    for tail, by_name in by_tail.items():
        labels = [_label(name, which) for name, which in by_name.items()]
        yield Edge(_key(number, tail), head, ", ".join(filter(None, labels)))
    if node.reused is not None:
        yield Edge(_key(number, node.reused), head, is_shared=True)


def _argument_names(graph: Graph, node: Node) -> Sequence[str]:
    """Return the names of the arguments that tensors fill by position."""
    if len(node.tensors) < 2:
        return ()
    target = graph.source(node).layer.target
    if isinstance(target, Graph):
        return [block_input.name for block_input in target.inputs]
    if isinstance(target, KerasCallable) and target.takes == "several":
        return target.tensors
    return ()


def _label(name: str, which: Sequence[str]) -> str:
    """Describe which outputs of a layer an edge is for, and for which argument."""
    outputs = ", ".join(dict.fromkeys(filter(None, which)))
    return f"{outputs} as {name}" if outputs and name else outputs or name


def _outputs(graph: Graph, number: int) -> tuple[list[Box], list[Edge]]:
    """Return boxes for the outputs, except for a single one that nothing else uses."""
    outputs = graph.outputs
    used = users(graph).keys() | {graph_input.id for graph_input in graph.inputs}
    names = outputs.keys or output_names(graph)
    boxes, edges = [], []
    for position, tensor in enumerate(outputs.tensors):
        if len(outputs.tensors) == 1 and outputs.keys is None:
            if tensor.node not in used and tensor.output is None:
                continue
        is_single = len(outputs.tensors) == 1 and outputs.keys is None
        text = "output" if is_single else names[position]
        key = f"{_key(number, position)}out"
        shown = one_line(text) or repr(text)  # no format allows an empty box
        boxes.append(Box(key, "output", (TextLine(shown, "name"),)))
        label = "" if tensor.output is None else f"[{tensor.output}]"
        edges.append(Edge(_key(number, tensor.node), key, label))
    return boxes, edges
