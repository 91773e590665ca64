"""KS306: a layer's several outputs taken for one, or one for several."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir.types import Constant, Node, TensorRef

_STATES = {"GRU": 1, "SimpleRNN": 1, "LSTM": 2}
_STATES |= {f"ConvLSTM{rank}D": 2 for rank in (1, 2, 3)}
"""How many states each recurrent layer returns with `return_state`."""


def several_outputs(scope: Scope) -> Iterator[Diagnostic]:
    """Reports references that do not fit what a layer returns."""
    counts = {node.id: outputs_of(node) for node in scope.graph.nodes}
    names = {node.id: node.name for node in scope.graph.nodes}
    for given in scope.graph.inputs:
        counts[given.id], names[given.id] = 1, given.name
    for tensor, span in _references(scope):
        name, count = names.get(tensor.node, ""), counts.get(tensor.node, 0)
        if not name or not count:
            continue
        if tensor.output is None and count > 1:
            message = f"`{name}` gives {count} tensors: say which"
            yield Diagnostic("KS306", message, span, f"write `{name}[0]`")
        elif tensor.output is not None and not 0 <= tensor.output < count:
            gives = f"{count} tensors" if count > 1 else "one tensor"
            message = f"`{name}` gives {gives}: there is no `{name}[{tensor.output}]`"
            help_ = f"write `{name}[0]`" if count > 1 else f"write `{name}`"
            yield Diagnostic("KS306", message, span, help_)
        elif tensor.output is not None and count == 1:
            message = f"`{name}` gives one tensor: `[0]` would be its first example"
            yield Diagnostic("KS306", message, span, f"write `{name}`")


def outputs_of(node: Node) -> int:
    """Counts what a call returns; 0 where that is not known."""
    target = node.layer.target
    if not isinstance(target, KerasCallable):
        return 0
    flags = {
        bound.name: bound.value.value
        for bound in node.layer.arguments
        if isinstance(bound.value, Constant)
    }
    flags |= {
        passed.keyword: passed.value.value
        for passed in node.passed
        if isinstance(passed.value, Constant)
    }
    if flags.get("return_attention_scores"):
        return 2
    if flags.get("return_state"):
        return 1 + _STATES[target.name] if target.name in _STATES else 0
    if target.name in ("RNN", "Bidirectional") or target.registry == "ops":
        return 0
    return target.gives


def _references(scope: Scope) -> Iterator[tuple[TensorRef, Span]]:
    for node in scope.graph.nodes:
        for passed in node.passed:
            for tensor in passed.tensors:
                yield tensor, passed.span
    for tensor in scope.graph.outputs.tensors:
        yield tensor, scope.graph.outputs.span
