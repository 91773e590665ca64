"""Interpreters that need no data: of shapes, of masks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from scaffold.ir.fold import Evaluator, fold
from scaffold.ir.interpreter import Interpreter, T, Turn
from scaffold.ir.types import Graph, Node, Value


class Memory:
    """What calls of blocks gave, so that each is gone into once, and not too deep."""

    DEEPEST = 50
    """So many blocks are gone into within one another."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.results: dict[str, list[Any]] = {}
        self.depth = 0


class Abstraction(Interpreter[T, Turn]):
    """An interpreter of what is known without data: what is alike is looked at once."""

    def __init__(self, graph: Graph, scope: Evaluator, memory: Memory) -> None:
        """Make nothing: layers are called as the spec has them.

        Args:
            graph: The graph.
            scope: What its params come to, as far as that is known.
            memory: What all graphs of one model share.
        """
        super().__init__(graph, scope)
        self._memory = memory

    def make(self, node: Node, turn: Turn) -> Turn:
        """Return the turn itself."""
        return turn

    def callees(self, node: Node) -> Iterable[Turn]:
        """Return the turns, which may be a million, one by one."""
        return self.turns(self.graph.source(node))

    def constant(self, value: Value) -> Value:
        """Return the value itself: what it comes to, maybe nobody needs."""
        return value

    def run(self, inputs: Sequence[T]) -> list[T]:
        """Call all nodes; the same graph on the same inputs only once."""
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
