"""Interpretation of a graph: its nodes are called in order.

    class Shapes(Interpreter[Shape, Iteration]): ...
    Shapes(graph, scope).run([shape])

Subclasses define what a tensor is (a shape, a mask, a Keras tensor, a NumPy array) and
what the call of a layer returns.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from scaffold.ir.fold import Evaluator, NotConstant
from scaffold.ir.types import (
    CallInput,
    Graph,
    Node,
    Object,
    TensorRef,
    TensorRefs,
    Value,
)

T = TypeVar("T")
"""The result of a call: one tensor, or several as one value."""

C = TypeVar("C")
"""The callable of one iteration: a layer, an operation or a use of a block."""


class ResolvedArgument(NamedTuple, Generic[T]):
    """One argument of the call of a layer.

    Attributes:
        keyword: The call argument's name, `""` by position.
        tensors: Its tensors; empty for a constant.
        is_list: Whether the tensors are passed as a list, which may have one item.
        constant: Its value if it is a constant.
    """

    keyword: str
    tensors: tuple[T, ...] = ()
    is_list: bool = False
    constant: Any = None


class Iteration(NamedTuple):
    """One iteration of a node.

    Attributes:
        number: Its number, counted from 1; 0 if the node is not a repeat.
        layers: The layer that is called; both alternatives if the choice is not known.
        scope: The values of params and of the names of the loop.
    """

    number: int
    layers: tuple[Object, ...]
    scope: Evaluator


class Interpreter(ABC, Generic[T, C]):
    """Runs a graph: that of the model, or of one use of a block.

    Attributes:
        graph: The graph.
        scope: The values of its params.
    """

    def __init__(self, graph: Graph, scope: Evaluator) -> None:
        """Store the arguments; a node's layers are created when it is first reached."""
        self.graph, self.scope = graph, scope
        self._callees: dict[int, list[C]] = {}

    @abstractmethod
    def make(self, node: Node, iteration: Iteration) -> C:
        """Return the callable of an iteration; it is created once and may be shared."""

    @abstractmethod
    def call(
        self, node: Node, callee: C, arguments: Sequence[ResolvedArgument[T]]
    ) -> T:
        """Return the result of a call."""

    @abstractmethod
    def output(self, result: T, number: int | None) -> T:
        """Return one output of a call, or its only output if `number` is `None`."""

    @abstractmethod
    def joined(self, results: Sequence[T]) -> T:
        """Combine the outputs of the graph into the result of its call."""

    def unknown(self) -> T:
        """Return the value for an unknown tensor."""
        raise NotConstant

    def constant(self, value: Value) -> Any:
        """Evaluate a constant argument of a call."""
        return self.scope.value(value)

    def scope_at(self, node: Node) -> Evaluator:
        """Return the scope in which a node's layers are created."""
        return self.scope

    def run(self, inputs: Sequence[T]) -> list[T]:
        """Call all nodes in order, and return the outputs."""
        results = dict(
            zip(
                (graph_input.id for graph_input in self.graph.inputs),
                inputs,
                strict=True,
            )
        )
        for node in self.graph.nodes:
            results[node.id] = self.node(node, results)
        return [self.tensor(tensor, results) for tensor in self.graph.outputs.tensors]

    def invoke(self, arguments: Sequence[ResolvedArgument[T]]) -> T:
        """Run a block as if it were a layer."""
        by_name = {argument.keyword: argument for argument in arguments}
        positional = (
            tensor
            for argument in arguments
            if not argument.keyword
            for tensor in argument.tensors
        )
        inputs = []
        for graph_input in self.graph.inputs:
            named = (
                by_name[graph_input.name].tensors
                if graph_input.name in by_name
                else positional
            )
            tensor = next(iter(named), None)
            inputs.append(self.unknown() if tensor is None else tensor)
        return self.joined(self.run(inputs))

    def node(self, node: Node, results: Mapping[int, T]) -> T:
        """Return the result of a node, from the results of the nodes before it."""
        return self.repeat(node, self.callees(node), self.arguments(node, results))

    def repeat(
        self,
        node: Node,
        callees: Iterable[C],
        arguments: Sequence[ResolvedArgument[T]],
    ) -> T:
        """Return the result of the last iteration, or the first tensor without any."""
        tensors = (tensor for argument in arguments for tensor in argument.tensors)
        last = next(tensors, None)
        for result in self.by_iteration(node, callees, arguments):
            last = result
        return self.unknown() if last is None else last

    def by_iteration(
        self,
        node: Node,
        callees: Iterable[C],
        arguments: Sequence[ResolvedArgument[T]],
    ) -> Iterator[T]:
        """Return the result of each iteration, called on that of the one before."""
        for callee in callees:
            result = self.call(node, callee, arguments)
            yield result
            arguments = _carried(arguments, self.output(result, None))

    def callees(self, node: Node) -> Iterable[C]:
        """Return the callables of a node's iterations, or of the node it reuses."""
        source = self.graph.source(node)
        if source.id not in self._callees:
            iterations = self.iterations(source)
            self._callees[source.id] = [
                self.make(source, iteration) for iteration in iterations
            ]
        return self._callees[source.id]

    def iterations(self, node: Node) -> Iterator[Iteration]:
        """Return the iterations of a node: one, or several for a repeat.

        Raises:
            NotConstant: The number of iterations is not known.
            ArithmeticFailure: The arithmetic fails.
        """
        for number, scope in enumerate(self._scopes(node), start=1):
            layers = node.layers
            if node.choice is not None:
                try:
                    holds = bool(scope.value(node.choice.condition))
                    layers = layers[:1] if holds else layers[1:]
                except NotConstant:
                    pass
            yield Iteration(number if node.is_repeat else 0, layers, scope)

    def _scopes(self, node: Node) -> Iterator[Evaluator]:
        scope = self.scope_at(node)
        if node.loop is not None:
            for values in node.loop.iterations:
                yield scope.within(node.loop.names, values)
            return
        count = 1 if node.repeat is None else scope.value(node.repeat)
        if not isinstance(count, int):
            raise NotConstant
        for _ in range(count):
            yield scope

    def arguments(
        self, node: Node, results: Mapping[int, T]
    ) -> list[ResolvedArgument[T]]:
        """Return the arguments that a node is called on."""
        return [self._argument(passed, results) for passed in node.passed]

    def _argument(
        self, passed: CallInput, results: Mapping[int, T]
    ) -> ResolvedArgument[T]:
        if not isinstance(passed.value, TensorRef | TensorRefs):
            constant = self.constant(passed.value)
            return ResolvedArgument(passed.keyword, constant=constant)
        tensors = tuple(self.tensor(tensor, results) for tensor in passed.tensors)
        is_list = isinstance(passed.value, TensorRefs)
        return ResolvedArgument(passed.keyword, tensors, is_list)

    def tensor(self, reference: TensorRef, results: Mapping[int, T]) -> T:
        """Return the tensor of a reference."""
        if reference.node not in results:
            return self.unknown()
        return self.output(results[reference.node], reference.output)


def _carried(
    arguments: Sequence[ResolvedArgument[T]], result: T
) -> list[ResolvedArgument[T]]:
    """Replace the first tensor of the arguments with the result of an iteration."""
    replaced = list(arguments)
    for index, argument in enumerate(replaced):
        if argument.tensors:
            tensors = (result, *argument.tensors[1:])
            replaced[index] = argument._replace(tensors=tensors)
            break
    return replaced
