"""From the IR to a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.diagram.boxes import Boxes
from scaffold.diagram.types import Box, Edge, Group, Line, Picture
from scaffold.diagram.words import Words, one_line
from scaffold.ir.types import Graph, ModelIR, Node, Passed, TensorRef, Value
from scaffold.shapes import Known
from scaffold.shapes.values import scope_of
from scaffold.styles.face import model_name


def gather(model: ModelIR, catalogue: Catalogue, known: Known) -> Picture:
    """Makes the picture of a model.

    Args:
        model: The model, in which the checks found no error.
        catalogue: What Keras offers.
        known: The shapes that are known.
    """
    words = Words(catalogue)
    # Each block uses only those before it.
    blocks = tuple(reversed(model.blocks))
    numbers = {block.name: number for number, block in enumerate(blocks, start=1)}
    scope = scope_of(model.graph.params, {}, {})
    groups = [_group(model.graph, scope, words, known, numbers)]
    groups += [_group(block, {}, words, known, numbers) for block in blocks]
    said = one_line(model.graph.description)
    return Picture(model_name(model), said, tuple(groups))


def _group(
    graph: Graph,
    scope: Mapping[str, Value],
    words: Words,
    known: Known,
    numbers: Mapping[str, int],
) -> Group:
    number = numbers[graph.name] if graph.is_block else 0
    boxes = Boxes(graph, scope, words, known)
    made = [boxes.of_input(one, _key(number, one.id)) for one in graph.inputs]
    made += [
        boxes.of_node(one, _key(number, one.id), numbers) for one in graph.nodes
    ]
    edges = [edge for node in graph.nodes for edge in _edges(graph, node, number)]
    ends, last = _outputs(graph, number)
    title = words.title(graph) if graph.is_block else graph.name
    return Group(number, title, (*made, *ends), (*edges, *last))


def _key(number: int, node: int) -> str:
    """Names a box: no keyword of any language begins like that."""
    return f"b{number}n{node}" if number else f"n{node}"


def _edges(graph: Graph, node: Node, number: int) -> Iterator[Edge]:
    """Gives what goes to an entry: one line from each box, whatever it gives."""
    head = _key(number, node.id)
    labels: dict[int, list[str]] = {}
    names = _names(graph, node)
    place = 0
    for passed in node.passed:
        for item in passed.tensors:
            said = _label(passed, item, names, place)
            place += not passed.keyword
            labels.setdefault(item.node, []).append(said)
    for tail, said_of in labels.items():
        label = ", ".join(dict.fromkeys(filter(None, said_of)))
        yield Edge(_key(number, tail), head, label)
    if node.again is not None:
        yield Edge(_key(number, node.again), head, "", is_shared=True)


def _names(graph: Graph, node: Node) -> Sequence[str]:
    """Gives what the tensors are called that an entry takes by position."""
    if node.again is not None:
        node = next(one for one in graph.nodes if one.id == node.again)
    target = node.layer.target
    if isinstance(target, Graph) and len(target.inputs) > 1:
        return [one.name for one in target.inputs]
    if isinstance(target, KerasCallable) and target.takes == "several":
        return target.tensors
    return ()


def _label(
    passed: Passed, item: TensorRef, names: Sequence[str], place: int
) -> str:
    """Says what a tensor is to the layer, and which one it is of several."""
    name = passed.keyword
    if not name and place < len(names):
        name = names[place]
    which = "" if item.output is None else f"[{item.output}]"
    return f"{which} as {name}" if which and name else which or name


def _outputs(graph: Graph, number: int) -> tuple[list[Box], list[Edge]]:
    """Gives boxes for the outputs, where they are not plainly what comes last."""
    given = graph.outputs
    going_on = {one.node for node in graph.nodes for one in node.tensors}
    going_on |= {one.id for one in graph.inputs}
    boxes, edges = [], []
    for at, tensor in enumerate(given.tensors):
        if len(given.tensors) == 1 and given.keys is None:
            if tensor.node not in going_on and tensor.output is None:
                continue
        text = "output"
        if given.keys is not None:
            text = given.keys[at]
        elif len(given.tensors) > 1:
            text = f"outputs[{at}]"
        key = f"{_key(number, at)}out"
        boxes.append(Box(key, "output", (Line(one_line(text), "name"),)))
        label = "" if tensor.output is None else f"[{tensor.output}]"
        edges.append(Edge(_key(number, tensor.node), key, label))
    return boxes, edges
