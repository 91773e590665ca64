"""KS306: a layer's several outputs taken for one, or one for several."""

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
    """A layer's several outputs are taken for one, or one for several.

    What it does:
        Reports a layer or a block with several outputs named as a whole, an output that
        there is not, `[0]` of a layer with one, a row of layers with several, a choice
        between layers that do not give alike, and a layer with several outputs that is
        called on each step of a sequence.

    Why:
        With `return_state=True` an LSTM gives three tensors; the next layer takes one.
        And `[0]` of a single tensor is its first example.

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


class Gives(NamedTuple):
    """What a call gives.

    Attributes:
        number: How many tensors; 0 where that is not known.
        keys: What they are called, where a block gives a dictionary.
        is_list: Whether even a single one comes in a list.
    """

    number: int
    keys: tuple[str, ...] | None = None
    is_list: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a tensor by itself."""
        return self.number == 1 and self.keys is None and not self.is_list

    def __str__(self) -> str:
        """Describe what it is: "3 tensors"."""
        if self.number != 1:
            return f"{self.number} tensors"
        if self.is_plain:
            return "one tensor"
        return f"a {'list' if self.keys is None else 'mapping'} of one tensor"


_UNKNOWN = Gives(0)
_STATE_FLAG = "return_state"


@rule(KS306)
def several_outputs(context: RuleContext) -> Iterator[Diagnostic]:
    """Report references that do not fit what a layer returns."""
    returned = {graph_input.id: Gives(1) for graph_input in context.graph.inputs}
    names = {graph_input.id: graph_input.name for graph_input in context.graph.inputs}
    for node in context.graph.nodes:
        names[node.id] = node.name
        returned[node.id], diagnostics = _of_node(node)
        yield from diagnostics
        yield from _each_step(node)
    for tensor, span in _references(context):
        gives = returned.get(tensor.node, _UNKNOWN)
        if gives.number:
            yield from _reference(tensor, span, names[tensor.node], gives)


def _reference(
    tensor: TensorRef, span: Span, name: str, gives: Gives
) -> Iterator[Diagnostic]:
    """Compare what an entry gives with what is taken of it."""
    output = tensor.output
    help_ = f"write `{name}`" if gives.is_plain else f"write `{name}[0]`"
    if output is None and not gives.is_plain:
        which = ": say which" if gives.number > 1 else ""
        yield Diagnostic("KS306", f"`{name}` gives {gives}{which}", span, help_)
    elif output is not None and not 0 <= output < gives.number:
        message = f"`{name}` gives {gives}: there is no `{name}[{output}]`"
        yield Diagnostic("KS306", message, span, help_)
    elif output is not None and gives.is_plain:
        message = f"`{name}` gives one tensor: `[0]` would be its first example"
        yield Diagnostic("KS306", message, span, help_)


def _of_node(node: Node) -> tuple[Gives, list[Diagnostic]]:
    """Describe what an entry gives, and find what nothing could take from it."""
    gives, *others = [_of_layer(layer.target, layer, node) for layer in node.layers]
    if others and gives.number and others[0].number and gives != others[0]:
        other = node.layers[1]
        message = f"`{node.layer.name}` gives {gives}, and `{other.name}` {others[0]}"
        help_ = "both are taken in the same way: they have to give alike"
        return _UNKNOWN, [Diagnostic("KS306", message, other.name_span, help_)]
    if node.is_row and gives.number and not gives.is_plain:
        message = (
            f"`{node.layer.name}` gives {gives}, and the next in the row takes one"
        )
        help_ = "put it into a block that gives one of them, and repeat that"
        span = node.layer.name_span
        return _UNKNOWN, [Diagnostic("KS306", message, span, help_)]
    return (gives if gives.number else next(iter(others), gives)), []


def _of_layer(target: Target, layer: Object, node: Node) -> Gives:
    if isinstance(target, Graph):
        outputs = target.outputs
        return Gives(len(outputs.tensors), outputs.keys, outputs.is_list)
    flags = {
        passed.keyword: passed.value.value
        for passed in node.passed
        if isinstance(passed.value, Constant)
    }
    return Gives(_count(target, layer, flags))


def _count(target: Target, layer: Object, call_flags: Mapping[str, Any]) -> int:
    """Count what a layer of Keras returns; 0 where that is not known."""
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
    if target.name in facts.GIVE_AS_HELD:
        return _of_wrapper(target, arguments, flags)
    if flags.get(_STATE_FLAG):
        return 1 + facts.STATES[target.name] if target.name in facts.STATES else 0
    return target.gives if target.registry != "ops" else 0


def _of_wrapper(
    target: KerasCallable, arguments: Mapping[str, Value], flags: Mapping[str, Any]
) -> int:
    """Count what a wrapper returns, by the layer or the cells that it holds."""
    if target.name == facts.BOTH_WAYS:
        layer = arguments.get("layer")
        inner = _count(layer.target, layer, {}) if isinstance(layer, Object) else 0
        is_merged = "merge_mode" not in arguments or flags.get("merge_mode")
        is_known = inner and ("merge_mode" not in arguments or "merge_mode" in flags)
        return (1 if is_merged else 2) + 2 * (inner - 1) if is_known else 0
    states = _states(arguments.get("cell"))
    return (1 + states if flags.get(_STATE_FLAG) else 1) if states else 0


def _states(cell: Value | None) -> int:
    """Count the states of a cell or of a list of cells; 0 where it is not known."""
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
    """Find layers with several outputs that are called on each step of a sequence."""
    for layer in node.layers:
        target = layer.target
        if not isinstance(target, KerasCallable) or target.name != facts.EACH_STEP:
            continue
        for bound in layer.arguments:
            held = bound.value
            count = _count(held.target, held, {}) if isinstance(held, Object) else 0
            if isinstance(held, Object) and count > 1:
                message = f"`{layer.name}` takes a layer that gives one tensor, and "
                message += f"`{held.name}` gives {Gives(count)}"
                yield Diagnostic("KS306", message, held.span, _only_one(held))


def _only_one(held: Object) -> str:
    """Write a layer so that it gives one tensor."""
    rest = tuple(bound for bound in held.arguments if bound.name != _STATE_FLAG)
    if len(rest) == len(held.arguments):
        return "put the layer into a block that gives one of them"
    return f"write `{line(held._replace(arguments=rest))}`, or put it into a block"


def _references(context: RuleContext) -> Iterator[tuple[TensorRef, Span]]:
    for node in context.graph.nodes:
        for passed in node.passed:
            for tensor in passed.tensors:
                yield tensor, passed.span
    for tensor in context.graph.outputs.tensors:
        yield tensor, context.graph.outputs.span
