"""KS309: a mask that `loop` drops."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Diagnostic

_DROPS_MASKS = "loop"


@rule("KS309")
def ending_mask(context: RuleContext) -> Iterator[Diagnostic]:
    """Warn about masks that `loop` drops."""
    if not context.model.is_whole:
        # An entry that could not be read may have a mask.
        return
    graph, masked = context.graph, context.masks.of(context.graph)
    names = {graph_input.id: graph_input.name for graph_input in graph.inputs}
    names |= {node.id: node.name for node in graph.nodes}
    for node in graph.nodes:
        target = node.layer.target
        kind = target.name if isinstance(target, KerasCallable) else ""
        called = [tensor.node for tensor in node.tensors]
        if kind == _DROPS_MASKS and any(number in masked for number in called):
            message = f"the mask of `{names[called[0]]}` is dropped here"
            help_ = "call it on a tensor without a mask, or pool the sequence first"
            yield Diagnostic("KS309", message, node.layer.name_span, help_, "warning")
