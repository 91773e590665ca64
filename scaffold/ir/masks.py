"""Which tensors of a model may have a mask."""

from __future__ import annotations

from collections.abc import Set

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir.extensions import goes_beyond
from scaffold.ir.types import Constant, Graph, ModelIR, Node, Object
from scaffold.ir.walk import within


class Masks:
    """Where masks may come to in a model.

    A block that is called on a masked tensor counts as giving one, and so does a layer
    of which nothing is known: a tensor is rather found once too often.

    Attributes:
        reached: The blocks that may be called on a masked tensor.
    """

    def __init__(self, model: ModelIR) -> None:
        """Follow masks from where they are made."""
        self._makers: set[str] = set()
        for block in model.blocks:
            masked = self._of(block, is_reached=False)
            if any(tensor.node in masked for tensor in block.outputs.tensors):
                self._makers.add(block.name)
        reached: set[str] = set()
        # Callers stand behind what they call: by its turn, all is known of a block.
        for graph in reversed(model.graphs):
            masked = self._of(graph, is_reached=graph.origin in reached)
            for node in graph.nodes:
                comes = any(tensor.node in masked for tensor in node.tensors)
                # Inside of `recurse` and `loop` there are parts of tensors, bare.
                if comes and not goes_beyond(node):
                    reached |= blocks_of(node)
        self.reached = frozenset(reached)

    def of(self, graph: Graph) -> set[int]:
        """Return the inputs and nodes of a graph whose tensors may have a mask."""
        return self._of(graph, is_reached=graph.origin in self.reached)

    def inside(self, block: Graph) -> set[int]:
        """Return the same of a block that is called on masked tensors."""
        return self._of(block, is_reached=True)

    def _of(self, graph: Graph, *, is_reached: bool) -> set[int]:
        masked = (
            {graph_input.id for graph_input in graph.inputs} if is_reached else set()
        )
        for node in graph.nodes:
            comes = any(tensor.node in masked for tensor in node.tensors)
            for layer in node.layers:
                if _makes(layer, self._makers) or (comes and passes(layer)):
                    masked.add(node.id)
        return masked


def blocks_of(node: Node) -> set[str]:
    """Return the blocks of an entry, those inside of other layers included."""
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
    """Return whether a layer may hand a mask on; of the user's own, nobody knows."""
    target = layer.target
    if not isinstance(target, KerasCallable):
        return True
    inner = [
        bound.value for bound in layer.arguments if isinstance(bound.value, Object)
    ]
    if target.name == facts.BOTH_WAYS and inner:
        return passes(inner[0])
    if target.name == facts.MASKED_MEAN or target.masks == "":
        return False
    return _may_be_set(layer, target, "return_sequences")


def _may_be_set(layer: Object, target: KerasCallable, flag: str) -> bool:
    """Return whether a flag may be true; a layer without it is as if it were."""
    if not any(argument.name == flag for argument in target.arguments):
        return True
    values = [bound.value for bound in layer.arguments if bound.name == flag]
    return any(
        not (isinstance(value, Constant) and not value.value) for value in values
    )
