"""What an IR means: its steps taken one by one, with stand-ins for Keras."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scaffold.catalogue import KerasCallable
from scaffold.ir.fold import fold
from scaffold.ir.types import (
    Constant,
    Graph,
    Node,
    Object,
    TensorRef,
    Value,
)
from tests.styles.stand_ins import Made, Tensor, labelled, leaves

Params = Mapping[str, Value]


def run(graph: Graph, given: list[Any], params: Params) -> Any:
    """Takes the steps of a graph.

    Args:
        graph: The model's, or a block's.
        given: What its inputs are.
        params: What its params are.

    Returns:
        What it gives: a tensor, or several by their places.
    """
    return _Made(graph, params)(*given)


class _Made:
    """A graph with its layers, which can be called again."""

    def __init__(self, graph: Graph, params: Params) -> None:
        self.graph = graph
        self.layers = {
            node.id: [
                _layer(_chosen(node, params), node, {**params, **row})
                for row in _turns(node, params)
            ]
            for node in graph.nodes
            if node.again is None
        }

    def __call__(self, *given: Any) -> Any:
        known: dict[int, Any] = {
            one.id: tensor for one, tensor in zip(self.graph.inputs, given, strict=True)
        }
        for node in self.graph.nodes:
            known[node.id] = self.step(node, known)
        outputs = [_found(one, known) for one in self.graph.outputs.tensors]
        is_plain = self.graph.outputs.keys is None and not self.graph.outputs.is_list
        return outputs[0] if is_plain and len(outputs) == 1 else outputs

    def step(self, node: Node, known: dict[int, Any]) -> Any:
        """Takes one step: once, or as often as its row says."""
        layers = self.layers[node.id if node.again is None else node.again]
        carried = None
        for layer in layers:
            args, kwargs = [], {}
            for number, passed in enumerate(node.passed):
                tensors = [_found(one, known) for one in passed.tensors]
                value: Any = (
                    tensors[0] if isinstance(passed.value, TensorRef) else tensors
                )
                if number == 0 and carried is not None:
                    value = carried
                if passed.keyword and passed.tensors:
                    kwargs[passed.keyword] = value
                elif passed.tensors:
                    args.append(value)
            carried = layer(*args, **kwargs)
        if carried is None:
            return _found(node.passed[0].tensors[0], known)
        return carried


def _turns(node: Node, params: Params) -> Iterator[Params]:
    """Gives the values of each turn of a row; of what is no row, one turn."""
    if node.loop is not None:
        for row in node.loop.rows:
            yield dict(zip(node.loop.names, row, strict=True))
    else:
        count = 1 if node.repeat is None else fold(node.repeat, params)
        for _ in range(count):
            yield {}


def _chosen(node: Node, params: Params) -> Object:
    if node.choice is None or fold(node.choice.condition, params):
        return node.layer
    return node.choice.otherwise


def _found(tensor: TensorRef, known: dict[int, Any]) -> Any:
    value = known[tensor.node]
    return value if tensor.output is None else value[tensor.output]


def _layer(layer: Object, node: Node, params: Params) -> Any:
    """Makes a layer, or a block with all its layers."""
    target = layer.target
    if isinstance(target, Graph):
        return _block(target, layer, params)
    assert isinstance(target, KerasCallable)
    if target.name == "Identity" and not layer.arguments:
        return lambda tensor: tensor
    values = [one.value for one in layer.arguments]
    plain = [fold(one, params) for one in values if not isinstance(one, Object)]
    if target.registry == "ops":
        return lambda *args: Tensor(
            labelled(f"ops.{target.name}", plain), None, *leaves([*args])
        )
    inner = [_layer(one, node, params) for one in values if isinstance(one, Object)]
    return Made(target.name, plain, inner)


def _block(block: Graph, layer: Object, params: Params) -> Any:
    """Makes a block, which sees its own params alone."""
    own = {one.name: one.default for one in block.params if one.default is not None}
    for bound in layer.arguments:
        own[bound.name] = Constant(fold(bound.value, params), bound.span)
    made = _Made(block, own)

    def call(*args: Any, **kwargs: Any) -> Any:
        rest = [one.name for one in block.inputs][len(args) :]
        return made(*args, *(kwargs[name] for name in rest))

    return call
