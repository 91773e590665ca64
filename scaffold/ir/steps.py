"""The entries of a model, or of a block, to a graph of nodes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.diagnostics import Collector, Diagnostic, Refused, Span
from scaffold.ir.extensions import BEYOND
from scaffold.ir.graph import TensorScope
from scaffold.ir.layer_names import (
    JoinedNames,
    LayerNames,
    given_name,
    is_row,
    name_span,
    take_name,
)
from scaffold.ir.types import (
    CallInput,
    Choice,
    Graph,
    Input,
    Loop,
    Node,
    Object,
    Outputs,
    Parameter,
)
from scaffold.ir.values import Resolver
from scaffold.spec import types as spec


class Scope(NamedTuple):
    """What the entries of a model, or of a block, are read with.

    Attributes:
        name: The model's name, or the block's.
        name_span: Where it is said.
        description: What its author says of it.
        params: Its params.
        inputs: Its inputs.
        entries: Its entries.
        entries_span: Where the list of them is.
        outputs: What it is said to give.
        is_block: Whether it is a block.
    """

    name: str
    name_span: Span
    description: str
    params: tuple[Parameter, ...]
    inputs: tuple[Input, ...]
    entries: tuple[spec.Entry, ...]
    entries_span: Span
    outputs: spec.OutputsSection | None
    is_block: bool


class Steps:
    """Makes the nodes of a scope, each called on what its entry says."""

    def __init__(
        self,
        scope: Scope,
        resolver: Resolver,
        collector: Collector,
        around: set[str],
        joined: JoinedNames,
    ) -> None:
        """Begin with the inputs; `around` are names given in the same model."""
        self.scope = scope
        self.resolver = resolver
        self.collector = collector
        names = [param.name for param in scope.params]
        inputs = [graph_input.name for graph_input in scope.inputs]
        self.names = LayerNames(scope.entries, names, inputs, around, joined)
        self.tensors = TensorScope(inputs, scope.entries)
        self.nodes: list[Node] = []

    def graph(self) -> Graph:
        """Make all nodes, and the outputs."""
        scope = self.scope
        for number, entry in enumerate(scope.entries, start=len(scope.inputs)):
            node = None
            if entry.call.name:
                node = self.collector.attempt(partial(self.node, number, entry))
            if node is not None:
                self.nodes.append(node)
            self.tensors.add(node.name if node else self.missing_name(entry), number)
        span = scope.entries_span
        outputs = self.collector.attempt(
            partial(self.tensors.outputs, scope.outputs, span)
        )
        return Graph(
            name=scope.name,
            name_span=scope.name_span,
            description=scope.description,
            params=scope.params,
            inputs=scope.inputs,
            nodes=tuple(self.nodes),
            nodes_span=span,
            outputs=outputs or Outputs((), None, False, span),
            is_block=scope.is_block,
        )

    def missing_name(self, entry: spec.Entry) -> str | None:
        """Return the name of a refused entry: others may still refer to it."""
        called, name = entry.call, given_name(entry)
        if name is not None or called.name in ("reuse", ""):
            return name
        target = BEYOND.get(called.name) or self.resolver.target(
            called.name, ("layers",)
        )
        nameless = Object(called.name, target, (), (), called.span, called.name_span)
        return self.names.of(None, nameless, row=is_row(entry))[0]

    def node(self, number: int, entry: spec.Entry) -> Node:
        """Make the node of an entry."""
        called = entry.call
        resolver, loop = self.loop(entry)
        passed = self.tensors.passed(entry, self.resolver.value)
        if called.name == "reuse":
            return self.reuse(number, entry, passed)
        full = self.layer(called, passed, resolver)
        layer, own_name = take_name(entry, full)
        choice = self.choice(entry, passed)
        other = choice and choice.otherwise
        name, is_named = self.names.of(own_name, layer, row=is_row(entry), other=other)
        return Node(
            id=number,
            name=name,
            is_named=is_named,
            layer=layer,
            passed=passed,
            again=None,
            span=entry.span,
            name_span=name_span(entry, full),
            repeat=entry.repeat and self.resolver.value(entry.repeat),
            loop=loop,
            choice=choice,
        )

    def loop(self, entry: spec.Entry) -> tuple[Resolver, Loop | None]:
        """Resolve the rows of a loop; its names are seen by its layer alone."""
        spec_loop = entry.loop
        if spec_loop is None:
            return self.resolver, None
        rows = tuple(tuple(map(self.resolver.value, row)) for row in spec_loop.rows)
        loop = Loop(spec_loop.names, rows, spec_loop.span)
        return self.resolver.seeing(spec_loop.names), loop

    def choice(self, entry: spec.Entry, passed: Sequence[CallInput]) -> Choice | None:
        """Resolve a choice; without `else` it is between a layer and none."""
        if entry.condition is None:
            return None
        span = entry.condition.span
        otherwise = entry.otherwise or spec.Call(facts.NOTHING, (), span, span)
        for call in (entry.call, otherwise):
            if call.name in (*BEYOND, "reuse"):
                message = f"`{call.name}` cannot be one of two"
                help_ = "put it into an entry of its own"
                raise Refused(Diagnostic("KS304", message, call.name_span, help_))
        layer = self.layer(otherwise, passed, self.resolver)
        return Choice(self.resolver.value(entry.condition), layer, span)

    def reuse(
        self, number: int, entry: spec.Entry, passed: tuple[CallInput, ...]
    ) -> Node:
        """Make a node that calls the layer of another once more.

        Raises:
            Refused: It is no layer that could be called again, or has to be in a row.
        """
        called = entry.call
        if is_row(entry) or entry.condition is not None:
            message = "`reuse` stands alone: no `*`, `for` or `if` goes with it"
            help_ = "in a row each layer has weights of its own"
            raise Refused(Diagnostic("KS304", message, entry.span, help_))
        again = self.reused(called)
        name = entry.name or self.names.value(again.name)
        return Node(
            id=number,
            name=name,
            is_named=entry.name is not None,
            layer=again.layer,
            passed=passed,
            again=again.id,
            span=entry.span,
            name_span=entry.name_span or called.name_span,
            choice=again.choice,
        )

    def reused(self, called: spec.Call) -> Node:
        """Find the node whose layer is called again."""
        names = [
            argument.value
            for argument in called.arguments
            if isinstance(argument.value, spec.Name)
        ]
        help_ = "write `reuse(encoder)`, with the name of an entry before"
        if len(called.arguments) != 1 or len(names) != 1:
            message = "`reuse` takes the name of one entry"
            raise Refused(Diagnostic("KS304", message, called.span, help_))
        name, span = names[0].name, names[0].span
        number = self.tensors.find(spec.TensorReference(name, None, span)).node
        by_number = {node.id: node for node in self.nodes}
        node = by_number.get(number)
        if node is not None and node.again is not None:
            node = by_number[node.again]
        if node is not None and node.is_row:
            message = f"`{name}` is several layers in a row"
            help_ = "put the row into a block, and reuse that"
            raise Refused(Diagnostic("KS304", message, span, help_))
        if node is None or node.is_op:
            message = f"`{name}` is no layer that could be used again"
            raise Refused(Diagnostic("KS304", message, span, help_))
        return node

    def layer(
        self, called: spec.Call, passed: Sequence[CallInput], resolver: Resolver
    ) -> Object:
        """Make a layer, or an operation, of which tensors fill some arguments."""
        if called.name in BEYOND:
            return resolver.make(called, BEYOND[called.name], ())
        if not called.name.startswith("ops."):
            return resolver.call(called, ("layers",))
        name = called.name.removeprefix("ops.")
        target = resolver.catalogue.find("ops", name)
        filled = _filled(target, passed) if target is not None else ()
        return resolver.make(called, target, ("ops",), filled)


def _filled(target: KerasCallable, passed: Sequence[CallInput]) -> tuple[str, ...]:
    """Name the arguments of an operation that tensors are passed for."""
    by_position = sum(not call_input.keyword for call_input in passed)
    if target.takes == "list":
        by_position = 1
    filled = tuple(argument.name for argument in target.arguments[:by_position])
    return filled + tuple(
        call_input.keyword for call_input in passed if call_input.keyword
    )
