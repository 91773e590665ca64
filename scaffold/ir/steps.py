"""Building of a graph of nodes from the entries of a model or a block."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.diagnostics import Collector, Diagnostic, Refused, Span
from scaffold.ir.extensions import EXTENSIONS
from scaffold.ir.graph import TensorScope
from scaffold.ir.layer_names import (
    JoinedNames,
    LayerNames,
    is_repeat,
    name_span,
    own_name,
    spec_name,
    without_name,
)
from scaffold.ir.types import (
    CallInput,
    Choice,
    Graph,
    Imported,
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
    """The parts of a model or a block that its graph is built from.

    Attributes:
        name: The name of the model or the block.
        name_span: The location of the name.
        description: The description in the spec.
        params: Its params.
        inputs: Its inputs.
        entries: Its entries.
        entries_span: The location of the list of entries.
        outputs: The outputs in the spec.
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
    """Builds the nodes of a scope, and resolves their inputs."""

    def __init__(
        self,
        scope: Scope,
        resolver: Resolver,
        collector: Collector,
        around: set[str],
        outputs: set[str],
        joined: JoinedNames,
    ) -> None:
        """Start with the inputs; `around` and `outputs` are names in the same model."""
        self.scope = scope
        self.resolver = resolver
        self.collector = collector
        names = [param.name for param in scope.params]
        inputs = [graph_input.name for graph_input in scope.inputs]
        self.names = LayerNames(
            scope.entries,
            names,
            inputs,
            around,
            outputs,
            joined,
            is_block=scope.is_block,
        )
        self.tensors = TensorScope(inputs, scope.entries)
        self.nodes: list[Node] = []

    def graph(self) -> Graph:
        """Build all nodes, and the outputs."""
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
        """Return the name of a rejected entry: other entries may refer to it."""
        called, name = entry.call, spec_name(entry)
        if name is not None or called.name in ("reuse", ""):
            return name
        target = EXTENSIONS.get(called.name) or self.resolver.target(
            called.name, ("layers",)
        )
        nameless = Object(called.name, target, (), (), called.span, called.name_span)
        return self.names.of(None, None, nameless, repeated=is_repeat(entry)).value

    def node(self, number: int, entry: spec.Entry) -> Node:
        """Build the node of an entry."""
        called = entry.call
        resolver, loop = self.loop(entry)
        passed = self.tensors.passed(entry, self.resolver.value)
        if called.name == "reuse":
            return self.reuse(number, entry, passed)
        layer = self.layer(called, passed, resolver)
        own = own_name(layer)
        if own is not None and not accepts_name(layer):
            layer = without_name(layer)
        choice = self.choice(entry, passed)
        other = choice and choice.otherwise
        keras_name = str(own.value) if own is not None else None
        names = self.names.of(
            spec_name(entry),
            keras_name,
            layer,
            repeated=is_repeat(entry),
            other=other,
        )
        return Node(
            id=number,
            name=names.value,
            is_named=spec_name(entry) is not None,
            keras_name=names.keras,
            layer=layer,
            passed=passed,
            reused=None,
            span=entry.span,
            name_span=name_span(entry, own, layer),
            repeat=entry.repeat and self.resolver.value(entry.repeat),
            loop=loop,
            choice=choice,
        )

    def loop(self, entry: spec.Entry) -> tuple[Resolver, Loop | None]:
        """Resolve the values of a loop, whose names are visible only to its layer."""
        spec_loop = entry.loop
        if spec_loop is None:
            return self.resolver, None
        rows = tuple(
            tuple(map(self.resolver.value, row)) for row in spec_loop.iterations
        )
        loop = Loop(spec_loop.names, rows, spec_loop.span)
        return self.resolver.seeing(spec_loop.names), loop

    def choice(self, entry: spec.Entry, passed: Sequence[CallInput]) -> Choice | None:
        """Resolve a choice; without `else`, the alternative is `Identity`."""
        if entry.condition is None:
            return None
        span = entry.condition.span
        otherwise = entry.otherwise or spec.Call(facts.NOTHING, (), span, span)
        for call in (entry.call, otherwise):
            if call.name in (*EXTENSIONS, "reuse"):
                message = f"`{call.name}` cannot be combined with `if`"
                help_ = "write it as a separate entry"
                raise Refused(Diagnostic("KS304", message, call.name_span, help_))
        layer = self.layer(otherwise, passed, self.resolver)
        return Choice(self.resolver.value(entry.condition), layer, span)

    def reuse(
        self, number: int, entry: spec.Entry, passed: tuple[CallInput, ...]
    ) -> Node:
        """Build a node that calls the layer of another node again.

        Raises:
            Refused: The entry has a repeat or a condition, or names no reusable layer.
        """
        called = entry.call
        if is_repeat(entry) or entry.condition is not None:
            message = "`reuse` cannot be combined with `*`, `for` or `if`"
            help_ = "remove them: each layer of a repeat has its own weights"
            raise Refused(Diagnostic("KS304", message, entry.span, help_))
        again = self.reused(called)
        name = entry.name or self.names.value(again.name)
        return Node(
            id=number,
            name=name,
            is_named=entry.name is not None,
            keras_name=None,
            layer=again.layer,
            passed=passed,
            reused=again.id,
            span=entry.span,
            name_span=entry.name_span or called.name_span,
            choice=again.choice,
        )

    def reused(self, called: spec.Call) -> Node:
        """Return the node whose layer is called again."""
        names = [
            argument.value
            for argument in called.arguments
            if isinstance(argument.value, spec.Name)
        ]
        help_ = "write `reuse(encoder)`, with the name of an earlier entry"
        if len(called.arguments) != 1 or len(names) != 1:
            message = "`reuse` requires the name of one entry"
            raise Refused(Diagnostic("KS304", message, called.span, help_))
        name, span = names[0].name, names[0].span
        number = self.tensors.find(spec.TensorReference(name, None, span)).node
        by_number = {node.id: node for node in self.nodes}
        node = by_number.get(number)
        if node is not None and node.reused is not None:
            node = by_number[node.reused]
        if node is not None and node.is_repeat:
            message = f"`{name}` is a repeat of several layers"
            help_ = "move the repeat into a block, and reuse the block"
            raise Refused(Diagnostic("KS304", message, span, help_))
        if node is None or node.is_op:
            message = f"`{name}` is not a layer that can be reused"
            raise Refused(Diagnostic("KS304", message, span, help_))
        return node

    def layer(
        self, called: spec.Call, passed: Sequence[CallInput], resolver: Resolver
    ) -> Object:
        """Resolve a layer or an operation, some of whose arguments are tensors."""
        if called.name in EXTENSIONS:
            return resolver.make(called, EXTENSIONS[called.name], ())
        if not called.name.startswith("ops."):
            return resolver.call(called, ("layers",))
        name = called.name.removeprefix("ops.")
        target = resolver.catalogue.find("ops", name)
        filled = _filled(target, passed) if target is not None else ()
        return resolver.make(called, target, ("ops",), filled)


def accepts_name(layer: Object) -> bool:
    """Return whether the argument `name` is one of the layer, not only of its entry."""
    target = layer.target
    is_layer = isinstance(target, KerasCallable) and target.registry == "layers"
    return is_layer or isinstance(target, Imported)


def _filled(target: KerasCallable, passed: Sequence[CallInput]) -> tuple[str, ...]:
    """Return the names of the arguments of an operation that are tensors."""
    by_position = sum(not call_input.keyword for call_input in passed)
    if target.takes == "list":
        by_position = 1
    filled = tuple(argument.name for argument in target.arguments[:by_position])
    return filled + tuple(
        call_input.keyword for call_input in passed if call_input.keyword
    )
