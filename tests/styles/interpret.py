"""What an IR means: its steps taken one by one, with stand-ins for Keras."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from scaffold.catalogue import KerasCallable
from scaffold.ir.fold import Evaluator, Folder, scope_of
from scaffold.ir.interpreter import Interpreter, Iteration, ResolvedArgument
from scaffold.ir.types import Graph, Node, Object
from tests.styles.stand_ins import Made, Tensor, labelled, leaves


def run(graph: Graph, inputs: list[Any]) -> Any:
    """Return what a graph gives, called on some inputs, with its params' defaults."""
    network = _Network(graph, Folder(scope_of(graph.params)))
    return network.joined(network.run(inputs))


class _Network(Interpreter[Any, Callable[..., Any]]):
    """A graph with its layers, which can be called again."""

    def output(self, result: Any, number: int | None) -> Any:
        return result if number is None else result[number]

    def joined(self, results: Sequence[Any]) -> Any:
        outputs = self.graph.outputs
        is_plain = outputs.keys is None and not outputs.is_list
        return results[0] if is_plain and len(results) == 1 else results

    def make(self, node: Node, turn: Iteration) -> Callable[..., Any]:
        (layer,) = turn.layers
        callee: Callable[..., Any] = _layer(layer, turn.scope)
        return callee

    def call(
        self,
        node: Node,
        callee: Callable[..., Any],
        arguments: Sequence[ResolvedArgument[Any]],
    ) -> Any:
        inputs = [argument for argument in arguments if argument.tensors]
        if isinstance(callee, _Network):
            return callee.invoke(inputs)
        values = [
            [*item.tensors] if item.is_list else item.tensors[0] for item in inputs
        ]
        pairs = [*zip((argument.keyword for argument in inputs), values, strict=True)]
        args = [value for keyword, value in pairs if not keyword]
        return callee(*args, **{keyword: value for keyword, value in pairs if keyword})

    def __call__(self, *inputs: Any) -> Any:
        """Run a block that stands inside of another layer."""
        return self.joined(self.run(inputs))


def _layer(layer: Object, scope: Evaluator) -> Any:
    """Return a layer, or a block with all its layers."""
    target = layer.target
    if isinstance(target, Graph):
        return _Network(target, scope.inside(target.params, layer.arguments))
    assert isinstance(target, KerasCallable)
    if target.name == "Identity" and not layer.arguments:
        return lambda tensor: tensor
    values = [bound.value for bound in layer.arguments]
    plain = [scope.value(value) for value in values if not isinstance(value, Object)]
    if target.registry == "ops":
        return lambda *args: Tensor(
            labelled(f"ops.{target.name}", plain), None, *leaves([*args])
        )
    inner = [_layer(value, scope) for value in values if isinstance(value, Object)]
    return Made(target.name, plain, inner)
