"""KS309: a mask that ends where its author may not expect it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from scaffold.catalogue import KerasCallable
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Graph, Node

_TAKES_MASKS_OFF = "MultiHeadAttention"
_DROPS_MASKS = "loop"


def ending_mask(scope: Scope) -> Iterator[Diagnostic]:
    """Warns of masks that a loop drops, or that attention takes off a tensor."""
    if not scope.model.is_whole:
        # What could not be read may have had a mask.
        return
    graph, masked = scope.graph, scope.masks.of(scope.graph)
    names = {given.id: given.name for given in graph.inputs}
    names |= {node.id: node.name for node in graph.nodes}
    users = Counter(
        number for node in graph.nodes for number in {one.node for one in node.tensors}
    )
    for node in graph.nodes:
        target = node.layer.target
        kind = target.name if isinstance(target, KerasCallable) else ""
        called = [tensor.node for tensor in node.tensors]
        if kind == _DROPS_MASKS and any(one in masked for one in called):
            message = f"the mask of `{names[called[0]]}` ends here"
            help_ = "call it on something that has none, or pool the sequence before"
            yield Diagnostic("KS309", message, node.layer.name_span, help_, "warning")
        elif kind == _TAKES_MASKS_OFF:
            again = _used_again(graph, node, masked, users)
            if again is not None:
                yield _taken_off(node, names[again])


def _used_again(
    graph: Graph, node: Node, masked: set[int], users: Mapping[int, int]
) -> int | None:
    """Finds a masked tensor of an attention's that something else uses as well.

    Be it before or after: a graph does not run in the order of its entries.
    """
    for tensor in node.tensors:
        if tensor.node not in masked:
            continue
        is_given = graph.is_block and tensor.node < len(graph.inputs)
        if users[tensor.node] > 1 or node.is_row or is_given:
            return tensor.node
    return None


def _taken_off(node: Node, name: str) -> Diagnostic:
    message = (
        f"`{node.layer.name}` takes the mask off `{name}`, and something else uses that"
    )
    help_ = (
        "call it on something of its own, such as a `LayerNormalization` of "
        f"`{name}` that nothing else uses"
    )
    return Diagnostic("KS309", message, node.layer.name_span, help_, "warning")
