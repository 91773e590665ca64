"""Iteration over the values of a model, in the order of the spec."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scaffold.ir.types import (
    Collection,
    Dictionary,
    Graph,
    ModelIR,
    Node,
    Object,
    Operation,
    TensorRef,
    TensorRefs,
    Value,
)


def of_graph(graph: Graph) -> Iterator[Value]:
    """Return the values of a graph, without nested values."""
    for graph_input in graph.inputs:
        if graph_input.shape is not None:
            yield graph_input.shape
        for bound in graph_input.options:
            yield bound.value
    for node in graph.nodes:
        yield from of_node(node)


def of_node(node: Node) -> Iterator[Value]:
    """Return the values of an entry, without nested values."""
    if node.reused is None:
        yield from node.layers
        if node.choice is not None:
            yield node.choice.condition
    if node.repeat is not None:
        yield node.repeat
    if node.loop is not None:
        yield from (value for row in node.loop.iterations for value in row)
    yield from constants_of(node)


def constants_of(node: Node) -> Iterator[Value]:
    """Return the constant arguments of a call."""
    for passed in node.passed:
        if not isinstance(passed.value, (TensorRef, TensorRefs)):
            yield passed.value


def of_sections(model: ModelIR) -> Iterator[Value]:
    """Return the values of `compile` and `train`, without nested values."""
    if model.compile is not None:
        yield model.compile
    if model.train is not None:
        section = model.train
        for value in (section.x, section.y, section.data, section.predict):
            if value is not None:
                yield value
        yield model.train.fit


def within(value: Value) -> Iterator[Value]:
    """Return a value and all nested values, outer values first."""
    stack = [value]
    while stack:
        part = stack.pop()
        yield part
        stack.extend(reversed(parts(part)))


def parts(value: Value) -> tuple[Value, ...]:
    """Return the direct parts of a value."""
    match value:
        case Collection():
            return value.items
        case Dictionary():
            return tuple(part for pair in value.pairs for part in pair)
        case Operation():
            return value.operands
        case Object():
            return tuple(bound.value for bound in value.arguments)
    return ()


def with_parts(value: Value, change: Callable[[Value], Value]) -> Value:
    """Return a value with `change` applied to each of its parts."""
    match value:
        case Collection():
            return value._replace(items=tuple(map(change, value.items)))
        case Dictionary():
            pairs = tuple((change(key), change(item)) for key, item in value.pairs)
            return value._replace(pairs=pairs)
        case Operation():
            return value._replace(operands=tuple(map(change, value.operands)))
        case Object():
            arguments = (
                bound._replace(value=change(bound.value)) for bound in value.arguments
            )
            return value._replace(arguments=tuple(arguments))
    return value


def wrapped(graph: Graph) -> set[str]:
    """Return the names of the blocks that a graph has inside other layers."""
    names = set()
    for value in of_graph(graph):
        for part in within(value):
            if part is not value and isinstance(part, Object):
                if isinstance(part.target, Graph):
                    names.add(part.target.name)
    return names


def blocks_as_models(model: ModelIR) -> frozenset[str]:
    """Return the names of the blocks that are nested models in a functional model.

    These are the blocks that are reused with the same weights, and the blocks inside
    another layer.
    """
    again = [node.blocks for node in model.nodes if node.reused is not None]
    return frozenset[str]().union(*again, *map(wrapped, model.graphs))


def users(graph: Graph) -> dict[int, list[Node]]:
    """Return the nodes that are called on each input and node, by its number."""
    by_number: dict[int, list[Node]] = {}
    for node in graph.nodes:
        for tensor in node.tensors:
            by_number.setdefault(tensor.node, []).append(node)
    return by_number
