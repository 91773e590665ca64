"""KS306: several outputs of a layer used as one tensor, or one as several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.checks.spec_text import line
from scaffold.diagnostics import Code, Diagnostic, Span
from scaffold.ir.types import (
    Collection,
    Constant,
    Graph,
    Node,
    Object,
    TensorRef,
    Value,
)
from scaffold.ir.values import Target


class KS306(Code):
    """Several outputs of a layer are used as one tensor, or one as several.

    What it does:
        Reports a reference to a layer or a block with several outputs that does not
        choose one, an output that does not exist, `[0]` of a layer with one output, a
        repeat of layers with several outputs, a choice between layers with different
        outputs, and a layer with several outputs that is called on each step of a
        sequence.

    Why:
        With `return_state=True` an LSTM returns three tensors; the next layer takes
        one. And `[0]` of a single tensor is its first example.

    Example:
        inputs: [8, 4]
        layers:
          - memory = LSTM(3, return_state=True)
          - Dense(1) <- memory

    Instead:
        inputs: [8, 4]
        layers:
          - memory = LSTM(3, return_state=True)
          - Dense(1) <- memory[0]
    """

    name = "several-outputs"


class Returned(NamedTuple):
    """The value that a call returns.

    Attributes:
        number: The number of tensors; 0 if it is unknown.
        keys: The keys of the tensors, if a block returns a dictionary.
        is_list: Whether the tensors are in a list, even a single one.
    """

    number: int
    keys: tuple[str, ...] | None = None
    is_list: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a single tensor, not in a list or a dictionary."""
        return self.number == 1 and self.keys is None and not self.is_list

    def __str__(self) -> str:
        """Describe it: "3 tensors"."""
        if self.number != 1:
            return f"{self.number} tensors"
        if self.is_plain:
            return "one tensor"
        return f"a {'list' if self.keys is None else 'mapping'} of one tensor"


_UNKNOWN = Returned(0)
_STATE_FLAG = "return_state"


@rule(KS306)
def several_outputs(context: RuleContext) -> Iterator[Diagnostic]:
    """Report references that do not fit what a layer returns."""
    returned = {graph_input.id: Returned(1) for graph_input in context.graph.inputs}
    names = {graph_input.id: graph_input.name for graph_input in context.graph.inputs}
    for node in context.graph.nodes:
        names[node.id] = node.name
        returned[node.id], diagnostics = _of_node(node)
        yield from diagnostics
        yield from _each_step(node)
    for tensor, span in _references(context):
        value = returned.get(tensor.node, _UNKNOWN)
        if value.number:
            yield from _reference(tensor, span, names[tensor.node], value)


def _reference(
    tensor: TensorRef, span: Span, name: str, returned: Returned
) -> Iterator[Diagnostic]:
    """Compare the value that an entry returns with a reference to it."""
    output = tensor.output
    help_ = f"write `{name}`" if returned.is_plain else f"write `{name}[0]`"
    if output is None and not returned.is_plain:
        which = ": choose one" if returned.number > 1 else ""
        yield Diagnostic("KS306", f"`{name}` returns {returned}{which}", span, help_)
    elif output is not None and not 0 <= output < returned.number:
        message = f"`{name}` returns {returned}: there is no `{name}[{output}]`"
        yield Diagnostic("KS306", message, span, help_)
    elif output is not None and returned.is_plain:
        message = f"`{name}` returns one tensor: `[0]` would be its first example"
        yield Diagnostic("KS306", message, span, help_)


def _of_node(node: Node) -> tuple[Returned, list[Diagnostic]]:
    """Return the value of an entry, and findings about values that cannot be used."""
    first, *others = [_of_layer(layer.target, layer, node) for layer in node.layers]
    if others and first.number and others[0].number and first != others[0]:
        other = node.layers[1]
        message = f"`{node.layer.name}` returns {first}, but `{other.name}` returns "
        message += f"{others[0]}"
        help_ = "both layers of a choice must have the same outputs"
        return _UNKNOWN, [Diagnostic("KS306", message, other.name_span, help_)]
    if node.is_repeat and first.number and not first.is_plain:
        message = f"`{node.layer.name}` returns {first}, but the next layer of the "
        message += "repeat takes one"
        help_ = "put it into a block that returns one of them, and repeat the block"
        span = node.layer.name_span
        return _UNKNOWN, [Diagnostic("KS306", message, span, help_)]
    return (first if first.number else next(iter(others), first)), []


def _of_layer(target: Target, layer: Object, node: Node) -> Returned:
    if isinstance(target, Graph):
        outputs = target.outputs
        return Returned(len(outputs.tensors), outputs.keys, outputs.is_list)
    flags = {
        passed.keyword: passed.value.value
        for passed in node.passed
        if isinstance(passed.value, Constant)
    }
    return Returned(_count(target, layer, flags))


def _count(target: Target, layer: Object, call_flags: Mapping[str, Any]) -> int:
    """Return the number of outputs of a Keras layer; 0 if it is unknown."""
    if not isinstance(target, KerasCallable):
        return 0
    arguments = {bound.name: bound.value for bound in layer.arguments}
    flags = {
        name: value.value
        for name, value in arguments.items()
        if isinstance(value, Constant)
    }
    flags |= call_flags
    if flags.get("return_attention_scores"):
        return 2
    if target.name in facts.OUTPUTS_OF_INNER:
        return _of_wrapper(target, arguments, flags)
    if flags.get(_STATE_FLAG):
        return 1 + facts.STATES[target.name] if target.name in facts.STATES else 0
    return target.gives if target.registry != "ops" else 0


def _of_wrapper(
    target: KerasCallable, arguments: Mapping[str, Value], flags: Mapping[str, Any]
) -> int:
    """Return the number of outputs of a wrapper, from its layer or cells."""
    if target.name == facts.BIDIRECTIONAL:
        layer = arguments.get("layer")
        inner = _count(layer.target, layer, {}) if isinstance(layer, Object) else 0
        is_merged = "merge_mode" not in arguments or flags.get("merge_mode")
        is_known = inner and ("merge_mode" not in arguments or "merge_mode" in flags)
        return (1 if is_merged else 2) + 2 * (inner - 1) if is_known else 0
    states = _states(arguments.get("cell"))
    return (1 + states if flags.get(_STATE_FLAG) else 1) if states else 0


def _states(cell: Value | None) -> int:
    """Return the number of states of a cell or a list of cells; 0 if it is unknown."""
    if isinstance(cell, Object):
        target = cell.target
        name = target.name if isinstance(target, KerasCallable) else ""
        if name != facts.STACK:
            return facts.CELL_STATES.get(name, 0)
        cell = next((bound.value for bound in cell.arguments), None)
    if isinstance(cell, Collection) and len(cell.items) > 1:
        return len(cell.items)
    return 0


def _each_step(node: Node) -> Iterator[Diagnostic]:
    """Report layers with several outputs that are called on each step of a sequence."""
    for layer in node.layers:
        target = layer.target
        if (
            not isinstance(target, KerasCallable)
            or target.name != facts.TIME_DISTRIBUTED
        ):
            continue
        for bound in layer.arguments:
            inner = bound.value
            count = _count(inner.target, inner, {}) if isinstance(inner, Object) else 0
            if isinstance(inner, Object) and count > 1:
                message = f"`{layer.name}` takes a layer that returns one tensor, but "
                message += f"`{inner.name}` returns {Returned(count)}"
                yield Diagnostic("KS306", message, inner.span, _without_states(inner))


def _without_states(layer: Object) -> str:
    """Describe how to make a layer return one tensor."""
    remaining = tuple(bound for bound in layer.arguments if bound.name != _STATE_FLAG)
    if len(remaining) == len(layer.arguments):
        return "put the layer into a block that returns one of them"
    changed = line(layer._replace(arguments=remaining))
    return f"write `{changed}`, or put it into a block"


def _references(context: RuleContext) -> Iterator[tuple[TensorRef, Span]]:
    for node in context.graph.nodes:
        for passed in node.passed:
            for tensor in passed.tensors:
                yield tensor, passed.span
    for tensor in context.graph.outputs.tensors:
        yield tensor, context.graph.outputs.span
