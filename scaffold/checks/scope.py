"""The input of the rules that check one graph after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.checks.argument_match import ArgumentValue, judge, judge_all
from scaffold.checks.param_defaults import Defaults, special_defaults
from scaffold.checks.param_uses import COUNT, Uses, constants_of_calls, uses_at
from scaffold.checks.repeats import Iterations
from scaffold.diagnostics import Span
from scaffold.ir import ModelIR
from scaffold.ir.masks import Masks
from scaffold.ir.names import snake_case
from scaffold.ir.types import (
    Bound,
    Dictionary,
    Graph,
    Loop,
    Node,
    Object,
    ParamRef,
    Value,
)
from scaffold.ir.walk import of_graph, of_sections, within
from scaffold.spec.overrides import of_command_line


class RuleContext:
    """A graph under check, the model that it belongs to, and what Keras offers.

    The graph of the model includes `compile` and `train`; that of a block does not.
    """

    def __init__(
        self,
        model: ModelIR,
        graph: Graph,
        catalogue: Catalogue,
        uses: Mapping[str, Uses],
        iterations: Iterations,
        masks: Masks,
        blocks_of_extensions: Set[str],
    ) -> None:
        """Store the arguments as attributes.

        Args:
            model: The model.
            graph: The graph.
            catalogue: What Keras offers.
            uses: The uses of the params of each block.
            iterations: Iterates over loops, with one limit for all graphs.
            masks: The tensors that may have a mask.
            blocks_of_extensions: The blocks that only loops over data run.
        """
        self.model = model
        self.graph = graph
        self.catalogue = catalogue
        self.uses = uses
        self.iterations = iterations
        self.masks = masks
        self.blocks_of_extensions = blocks_of_extensions

    @property
    def is_block(self) -> bool:
        """Whether the graph is a block's."""
        return self.graph.is_block

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """All values of the graph, collected once for all rules."""
        roots = [*of_graph(self.graph)]
        if not self.is_block:
            roots += of_sections(self.model)
        return tuple(value for root in roots for value in within(root))

    @cached_property
    def objects(self) -> tuple[Object, ...]:
        """All Keras objects of the graph, and the calls of `compile` and `fit`."""
        return tuple(value for value in self.values if isinstance(value, Object))

    def span_of(self, value: Value) -> Span:
        """Return the location of a value.

        For a param that is set on the command line, it is the location of the setting.
        """
        setting = self.setting_of(value)
        return value.span if setting is None else setting

    def setting_of(self, value: Value) -> Span | None:
        """Return the location of `-p` if it sets a value, which is a param."""
        default = None
        if isinstance(value, ParamRef):
            default = self.defaults.get(value.name)
        return None if default is None else of_command_line(default.span)

    @cached_property
    def defaults(self) -> dict[str, Value]:
        """The defaults of the params that have one."""
        return {
            param.name: param.default
            for param in self.graph.params
            if param.default is not None and not _is_faulty(param.default)
        }

    def defaults_at(self, value: Value) -> Mapping[str, Value]:
        """Return the defaults that are valid for a value of the graph."""
        return self._special_defaults.get(id(value), self.defaults)

    @cached_property
    def _special_defaults(self) -> dict[int, Defaults]:
        return special_defaults(self.graph, self.values, self.defaults)

    @cached_property
    def functions(self) -> frozenset[str]:
        """The names of the functions of the blocks that the graph uses."""
        targets = (keras_object.target for keras_object in self.objects)
        return frozenset(
            snake_case(target.name) for target in targets if isinstance(target, Graph)
        )

    @cached_property
    def tensors(self) -> frozenset[str]:
        """The names of tensors: those of inputs and of entries."""
        inputs = {graph_input.name for graph_input in self.graph.inputs}
        # The default name of an entry can equal a Keras name, which is meant then.
        named = {node.name for node in self.graph.nodes if node.is_named}
        return frozenset(inputs | named)

    @cached_property
    def loops(self) -> tuple[tuple[Node, Loop], ...]:
        """The entries with a loop."""
        nodes = self.graph.nodes
        return tuple((node, node.loop) for node in nodes if node.loop is not None)

    @cached_property
    def calls(self) -> tuple[tuple[KerasCallable | Graph, tuple[Bound, ...]], ...]:
        """All known callables with their arguments; inputs are calls as well."""
        calls = [*calls_of(self.objects)]
        options = self.catalogue.find("methods", "Input")
        if options is not None:
            calls += [
                (options, graph_input.options) for graph_input in self.graph.inputs
            ]
        return tuple(calls)

    @cached_property
    def judged(self) -> tuple[ArgumentValue, ...]:
        """All known arguments, with the verdict on each value.

        The uses of a block's param inside the block determine the allowed values. In a
        loop, the value of each iteration is checked. A param whose default does not fit
        has one negative verdict, and so has each span.
        """
        seen: set[Span] = set()
        params: set[str] = set()
        arguments = []
        for judged in self._all_judged():
            if judged.verdict.result != "fits":
                value = judged.verdict.value
                name = value.name if isinstance(value, ParamRef) else None
                if value.span in seen or name in params:
                    continue
                seen.add(value.span)
                if name is not None:
                    params.add(name)
            arguments.append(judged)
        return tuple(arguments)

    def _all_judged(self) -> Iterator[ArgumentValue]:
        for target, bound in _in_place(self.calls):
            yield from self._judge(target, bound, bound.value)
        for node in self.graph.nodes:
            if node.repeat is not None:
                count = Bound("repeat", node.repeat, node.repeat.span, COUNT)
                verdict = judge(node.repeat, COUNT, self.defaults, self.catalogue)
                yield ArgumentValue(None, count, COUNT, verdict)
            for target, bound in constants_of_calls(node):
                yield from self._judge(target, bound, bound.value)
        for node, loop in self.loops:
            objects = [part for part in within(node.layer) if isinstance(part, Object)]
            for target, bound in _in_place(calls_of(objects)):
                for value in self.iterations.of(bound.value, loop):
                    yield from self._judge(target, bound, value)

    def _judge(
        self, target: KerasCallable | Graph, bound: Bound, value: Value
    ) -> Iterator[ArgumentValue]:
        for use in uses_at(target, bound, self.uses):
            defaults = self.defaults_at(bound.value)
            verdicts = judge_all(value, use.argument, defaults, self.catalogue)
            for verdict in verdicts:
                yield ArgumentValue(use.target, bound, use.argument, verdict)
            if verdicts[0].result != "fits":
                break


def _is_faulty(default: Value) -> bool:
    """Return whether KS216 reports a default, which makes the param unknown."""
    return any(isinstance(part, Dictionary | Object) for part in within(default))


def calls_of(
    objects: Iterable[Object],
) -> Iterator[tuple[KerasCallable | Graph, tuple[Bound, ...]]]:
    """Return the known callables among some objects, with their arguments.

    Callables that a spec cannot use are left out.
    """
    for keras_object in objects:
        if isinstance(keras_object.target, KerasCallable | Graph) and is_usable(
            keras_object.target
        ):
            yield keras_object.target, keras_object.arguments


def _in_place(
    calls: Iterable[tuple[KerasCallable | Graph, tuple[Bound, ...]]],
) -> Iterator[tuple[KerasCallable | Graph, Bound]]:
    """Return each argument of some calls.

    The arguments of a call with too many of them are left out: they may be in the wrong
    position, so their values cannot be checked.
    """
    for target, arguments in calls:
        if all(bound.name for bound in arguments):
            for bound in arguments:
                yield target, bound


def is_usable(target: KerasCallable | Graph) -> bool:
    """Return whether a spec can use a callable.

    A spec cannot use base classes and layers that take Python code. A function has to
    take a tensor and return one.
    """
    if isinstance(target, Graph):
        return True
    if target.registry == "ops":
        return not target.unusable
    return not target.abstract and target.name not in facts.NEED_CODE
