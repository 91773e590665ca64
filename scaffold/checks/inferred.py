"""The input of the rules that check shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir import ModelIR
from scaffold.ir.fold import scope_of
from scaffold.ir.types import Graph, Node, Object, Origin, ParamRef, Value
from scaffold.ir.walk import of_node, users, within
from scaffold.shapes import KnownShapes, Shape, infer

OF_NAMES = frozenset(("KS207", "KS208", "KS210", "KS211", "KS305"))
"""Codes of findings about names, which do not affect shapes."""


class Inferred:
    """A model, and the shapes of its tensors as far as they are known.

    Attributes:
        model: The model.
        catalogue: What Keras offers.
        broken: The inputs and entries with an error: their output shape is unknown.
    """

    def __init__(
        self,
        model: ModelIR,
        catalogue: Catalogue,
        diagnostics: Iterable[Diagnostic],
        guessed: Sequence[Span] = (),
    ) -> None:
        """Find the inputs and entries whose shapes are unknown.

        Args:
            model: The model.
            catalogue: What Keras offers.
            diagnostics: The findings of all other rules.
            guessed: Spans whose shapes are unknown.
        """
        self.model, self.catalogue = model, catalogue
        self.broken = frozenset(_broken(model, diagnostics, guessed))
        self._users: dict[str, dict[int, list[Node]]] = {}

    @cached_property
    def known(self) -> KnownShapes:
        """The shapes, with each param at its default."""
        return infer(self.model, self.catalogue, broken=self.broken)

    @cached_property
    def either(self) -> KnownShapes:
        """The shapes that hold for both layers of each choice."""
        if not self.deciding:
            return KnownShapes({}, {})
        return infer(
            self.model,
            self.catalogue,
            broken=self.broken,
            open_params=self.deciding,
        )

    @cached_property
    def defaults(self) -> Mapping[str, Value]:
        """The defaults of the model's params."""
        return scope_of(self.model.graph.params)

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The params of the model that decide choices, in the model or in a block."""
        chosen = {
            graph.origin: _names(
                node.choice.condition for node in graph.nodes if node.choice is not None
            )
            for graph in self.model.graphs
        }
        names = set(chosen.get("", set()))
        for node in self.model.graph.nodes if any(chosen.values()) else ():
            for layer in node.layers:
                if isinstance(layer.target, Graph):
                    deciding = chosen.get(layer.target.origin, set())
                    arguments = [
                        bound for bound in layer.arguments if bound.name in deciding
                    ]
                    names |= _names(bound.value for bound in arguments)
        return frozenset(names & {param.name for param in self.model.graph.params})

    def shapes(self, graph: Graph, number: int) -> set[Shape | None]:
        """Return the shapes of an entry's output, `None` for unknown ones.

        The shape of an entry with several outputs is unknown.
        """
        shapes: set[Shape | None] = set()
        for iterations in self.known.outputs.get(Origin(graph.origin, number), ()):
            last = iterations[-1] if iterations else None
            shapes.add(last[0] if last is not None and len(last) == 1 else None)
        return shapes

    def users(self, graph: Graph) -> Mapping[int, list[Node]]:
        """Return the entries that are called on each input and entry."""
        if graph.origin not in self._users:
            self._users[graph.origin] = users(graph)
        return self._users[graph.origin]


def kind_of(layer: Object) -> str:
    """Return the Keras name of a layer or function (`ops.mean`), or `""`."""
    target = layer.target
    if not isinstance(target, KerasCallable):
        return ""
    return f"ops.{target.name}" if target.registry == "ops" else target.name


def _names(values: Iterable[Value]) -> set[str]:
    parts = (part for value in values for part in within(value))
    return {part.name for part in parts if isinstance(part, ParamRef)}


def _broken(
    model: ModelIR, diagnostics: Iterable[Diagnostic], guessed: Sequence[Span]
) -> Iterator[Origin]:
    """Return the inputs and entries with an error."""
    spans = [*guessed]
    spans += [
        diagnostic.span
        for diagnostic in diagnostics
        if diagnostic.severity == "error" and diagnostic.code not in OF_NAMES
    ]
    if not spans:
        return
    for graph in model.graphs:
        for graph_input in graph.inputs:
            input_spans = [
                graph_input.span,
                *([graph_input.shape.span] if graph_input.shape else []),
            ]
            if any(_touch(part, span) for part in input_spans for span in spans):
                yield Origin(graph.origin, graph_input.id)
        for node in graph.nodes:
            if any(_touch(part, span) for part in _spans_of(node) for span in spans):
                yield Origin(graph.origin, node.id)


def _spans_of(node: Node) -> Iterator[Span]:
    """Return all spans of an entry; in keyed notation it can have many lines."""
    yield from (node.span, node.name_span)
    for value in of_node(node):
        for part in within(value):
            yield part.span
            if isinstance(part, Object):
                yield part.name_span
    yield from (call_input.span for call_input in node.passed)


def _touch(span: Span, other: Span) -> bool:
    """Return whether two spans overlap or touch."""
    return (span.line, span.column) <= (other.end_line, other.end_column) and (
        other.line,
        other.column,
    ) <= (span.end_line, span.end_column)
