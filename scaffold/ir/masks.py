"""Detection of the tensors of a model that may have a mask."""

from __future__ import annotations

from collections.abc import Set

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir.extensions import uses_extension
from scaffold.ir.types import Constant, Graph, ModelIR, Node, Object
from scaffold.ir.walk import within


class Masks:
    """The tensors that masks may reach in a model.

    A block that is called on a masked tensor counts as passing the mask, and so does an
    unknown layer: false positives are preferred.

    Attributes:
        reached: The blocks that may be called on a masked tensor.
    """

    def __init__(self, model: ModelIR) -> None:
        """Follow masks from the layers that create them."""
        self._makers: set[str] = set()
        for block in model.blocks:
            masked = self._of(block, is_reached=False)
            if any(tensor.node in masked for tensor in block.outputs.tensors):
                self._makers.add(block.name)
        reached: set[str] = set()
        # A block comes after the blocks it calls, so in reverse all callers come first.
        for graph in reversed(model.graphs):
            masked = self._of(graph, is_reached=graph.origin in reached)
            for node in graph.nodes:
                is_masked = any(tensor.node in masked for tensor in node.tensors)
                # `recurse` and `loop` pass parts of tensors to blocks, without masks.
                if is_masked and not uses_extension(node):
                    reached |= blocks_of(node)
        self.reached = frozenset(reached)

    def of(self, graph: Graph) -> set[int]:
        """Return the inputs and nodes of a graph whose tensors may have a mask."""
        return self._of(graph, is_reached=graph.origin in self.reached)

    def inside(self, block: Graph) -> set[int]:
        """Return the same for a block that is called on masked tensors."""
        return self._of(block, is_reached=True)

    def _of(self, graph: Graph, *, is_reached: bool) -> set[int]:
        masked = (
            {graph_input.id for graph_input in graph.inputs} if is_reached else set()
        )
        for node in graph.nodes:
            is_masked = any(tensor.node in masked for tensor in node.tensors)
            for layer in node.layers:
                if _makes(layer, self._makers) or (is_masked and passes(layer)):
                    masked.add(node.id)
        return masked


def blocks_of(node: Node) -> set[str]:
    """Return the blocks of an entry, including those inside other layers."""
    return {
        part.target.name
        for layer in node.layers
        for part in within(layer)
        if isinstance(part, Object) and isinstance(part.target, Graph)
    }


def _makes(layer: Object, makers: Set[str]) -> bool:
    target = layer.target
    if isinstance(target, Graph):
        return target.name in makers
    if not isinstance(target, KerasCallable) or target.masks != "makes":
        return False
    return _may_be_set(layer, target, "mask_zero")


def passes(layer: Object) -> bool:
    """Return whether a layer may pass a mask; imported layers count as passing."""
    target = layer.target
    if not isinstance(target, KerasCallable):
        return True
    inner = [
        bound.value for bound in layer.arguments if isinstance(bound.value, Object)
    ]
    if target.name == facts.BIDIRECTIONAL and inner:
        return passes(inner[0])
    if target.name == facts.MASKED_MEAN or target.masks == "":
        return False
    return _may_be_set(layer, target, "return_sequences")


def _may_be_set(layer: Object, target: KerasCallable, flag: str) -> bool:
    """Return whether a flag may be true; a layer without the flag counts as true."""
    if not any(argument.name == flag for argument in target.arguments):
        return True
    values = [bound.value for bound in layer.arguments if bound.name == flag]
    return any(
        not (isinstance(value, Constant) and not value.value) for value in values
    )
