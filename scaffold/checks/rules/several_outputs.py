"""KS306: several outputs of a layer used as one tensor, or one as several."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.checks.spec_text import line
from scaffold.diagnostics import Code, Diagnostic, Span
from scaffold.ir.returned import STATE_FLAG, Returned, count_outputs, returned
from scaffold.ir.types import (
    Node,
    Object,
    TensorRef,
)


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


_UNKNOWN = Returned(0)


@rule(KS306)
def several_outputs(context: RuleContext) -> Iterator[Diagnostic]:
    """Report references that do not fit what a layer returns."""
    values = {graph_input.id: Returned(1) for graph_input in context.graph.inputs}
    names = {graph_input.id: graph_input.name for graph_input in context.graph.inputs}
    for node in context.graph.nodes:
        names[node.id] = node.name
        values[node.id], diagnostics = _of_node(node)
        yield from diagnostics
        yield from _each_step(node)
    for tensor, span in _references(context):
        value = values.get(tensor.node, _UNKNOWN)
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
    first, *others = [returned(layer, node) for layer in node.layers]
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
            count = (
                count_outputs(inner.target, inner, {})
                if isinstance(inner, Object)
                else 0
            )
            if isinstance(inner, Object) and count > 1:
                message = f"`{layer.name}` takes a layer that returns one tensor, but "
                message += f"`{inner.name}` returns {Returned(count)}"
                yield Diagnostic("KS306", message, inner.span, _without_states(inner))


def _without_states(layer: Object) -> str:
    """Describe how to make a layer return one tensor."""
    remaining = tuple(bound for bound in layer.arguments if bound.name != STATE_FLAG)
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
