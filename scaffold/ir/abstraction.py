"""Interpreters that need no data, such as that of shapes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from scaffold.ir.fold import Evaluator, fold
from scaffold.ir.interpreter import Interpreter, Iteration, T
from scaffold.ir.types import Graph, Node, Value


class Memory:
    """Results of block calls, so that each is computed once; limits the depth."""

    DEEPEST = 50
    """The maximum nesting depth of blocks."""

    def __init__(self) -> None:
        """Start without results."""
        self.results: dict[str, list[Any]] = {}
        self.depth = 0


class Abstraction(Interpreter[T, Iteration]):
    """An interpreter that needs no data and computes equal calls once."""

    def __init__(self, graph: Graph, scope: Evaluator, memory: Memory) -> None:
        """Store the arguments; no layers are created.

        Args:
            graph: The graph.
            scope: The known values of its params.
            memory: The results shared by all graphs of a model.
        """
        super().__init__(graph, scope)
        self._memory = memory

    def make(self, node: Node, iteration: Iteration) -> Iteration:
        """Return the iteration itself."""
        return iteration

    def callees(self, node: Node) -> Iterable[Iteration]:
        """Return the iterations lazily: there may be a million."""
        return self.iterations(self.graph.source(node))

    def constant(self, value: Value) -> Value:
        """Return the value itself; it is evaluated only if needed."""
        return value

    def run(self, inputs: Sequence[T]) -> list[T]:
        """Call all nodes, once for each distinct graph, scope and inputs."""
        memory = self._memory
        values = {name: fold(value, {}) for name, value in self.scope.params.items()}
        key = repr((self.graph.origin, values, list(inputs)))
        if key not in memory.results:
            if memory.depth > memory.DEEPEST:
                return [self.unknown()] * len(self.graph.outputs.tensors)
            memory.depth += 1
            memory.results[key] = super().run(inputs)
            memory.depth -= 1
        return memory.results[key]
