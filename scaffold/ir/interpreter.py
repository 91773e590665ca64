"""What a graph means: its nodes, called one after the other.

    class Shapes(Interpreter[Shape, Turn]): ...
    Shapes(graph, scope).run([shape])

Whatever follows tensors through a model subclasses this, and says what a tensor is
(a shape, a mask, a Keras tensor, a NumPy array) and what the call of a layer gives.
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
"""What a call gives: one tensor, or several as one value."""

C = TypeVar("C")
"""What is called in one turn of a node: a layer, an operation or a use of a block."""


class ResolvedArgument(NamedTuple, Generic[T]):
    """One thing that a layer is called on.

    Attributes:
        keyword: The call argument's name, `""` by position.
        tensors: The tensors in it; none for a constant.
        is_list: Whether they are given as a list, be it of one.
        constant: What else it is.
    """

    keyword: str
    tensors: tuple[T, ...] = ()
    is_list: bool = False
    constant: Any = None


class Turn(NamedTuple):
    """One turn of a node.

    Attributes:
        number: Which one, counted from 1; 0 where the node is no row.
        layers: The layer that is called; both where it is not known which.
        scope: What params and names of the loop come to.
    """

    number: int
    layers: tuple[Object, ...]
    scope: Evaluator


class Interpreter(ABC, Generic[T, C]):
    """Goes through a graph: the model's, or that of one use of a block.

    Attributes:
        graph: The graph.
        scope: What its params come to.
    """

    def __init__(self, graph: Graph, scope: Evaluator) -> None:
        """Make nothing yet: a node's layers are made when it is first reached."""
        self.graph, self.scope = graph, scope
        self._callees: dict[int, list[C]] = {}

    @abstractmethod
    def make(self, node: Node, turn: Turn) -> C:
        """Return what a node calls in a turn: it is made once, and may be shared."""

    @abstractmethod
    def call(
        self, node: Node, callee: C, arguments: Sequence[ResolvedArgument[T]]
    ) -> T:
        """Return what a call gives."""

    @abstractmethod
    def output(self, result: T, number: int | None) -> T:
        """Return one output of a call, or the only one where there is no number."""

    @abstractmethod
    def joined(self, results: Sequence[T]) -> T:
        """Return the outputs of the graph as what its call gives."""

    def unknown(self) -> T:
        """Return what stands for a tensor of which nothing is known."""
        raise NotConstant

    def constant(self, value: Value) -> Any:
        """Return a constant that a call takes besides tensors."""
        return self.scope.value(value)

    def scope_at(self, node: Node) -> Evaluator:
        """Return the scope in which a node's layers are made."""
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
        """Return what a node gives, called on what those before it gave."""
        return self.row(node, self.callees(node), self.arguments(node, results))

    def row(
        self,
        node: Node,
        callees: Iterable[C],
        arguments: Sequence[ResolvedArgument[T]],
    ) -> T:
        """Return what the last turn of a node gives; without any, the first tensor."""
        tensors = (tensor for argument in arguments for tensor in argument.tensors)
        last = next(tensors, None)
        for result in self.turn_by_turn(node, callees, arguments):
            last = result
        return self.unknown() if last is None else last

    def turn_by_turn(
        self,
        node: Node,
        callees: Iterable[C],
        arguments: Sequence[ResolvedArgument[T]],
    ) -> Iterator[T]:
        """Return what each turn of a node gives, called on what the one before gave."""
        for callee in callees:
            result = self.call(node, callee, arguments)
            yield result
            arguments = _carried(arguments, self.output(result, None))

    def callees(self, node: Node) -> Iterable[C]:
        """Return what a node calls, turn by turn: layers of its own, or another's."""
        source = self.graph.source(node)
        if source.id not in self._callees:
            turns = self.turns(source)
            self._callees[source.id] = [self.make(source, turn) for turn in turns]
        return self._callees[source.id]

    def turns(self, node: Node) -> Iterator[Turn]:
        """Return the turns of a node: one, or as many as it is called in a row.

        Raises:
            NotConstant: Nobody knows how many there are.
            ArithmeticFailure: The arithmetic in it fails.
        """
        for number, scope in enumerate(self._scopes(node), start=1):
            layers = node.layers
            if node.choice is not None:
                try:
                    holds = bool(scope.value(node.choice.condition))
                    layers = layers[:1] if holds else layers[1:]
                except NotConstant:
                    pass
            yield Turn(number if node.is_row else 0, layers, scope)

    def _scopes(self, node: Node) -> Iterator[Evaluator]:
        scope = self.scope_at(node)
        if node.loop is not None:
            for row in node.loop.rows:
                yield scope.within(node.loop.names, row)
            return
        count = 1 if node.repeat is None else scope.value(node.repeat)
        if not isinstance(count, int):
            raise NotConstant
        for _ in range(count):
            yield scope

    def arguments(
        self, node: Node, results: Mapping[int, T]
    ) -> list[ResolvedArgument[T]]:
        """Return what a node is called on."""
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
        """Return the tensor that a reference means."""
        if reference.node not in results:
            return self.unknown()
        return self.output(results[reference.node], reference.output)


def _carried(
    arguments: Sequence[ResolvedArgument[T]], result: T
) -> list[ResolvedArgument[T]]:
    """Put what a turn gave in the place of the first tensor that it was called on."""
    after = list(arguments)
    for place, argument in enumerate(after):
        if argument.tensors:
            after[place] = argument._replace(tensors=(result, *argument.tensors[1:]))
            break
    return after
