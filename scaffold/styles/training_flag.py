"""Decide which layers behave differently in training and need `training`."""

from __future__ import annotations

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir import ModelIR
from scaffold.ir.dropout_rates import has_rate
from scaffold.ir.types import CallInput, Constant, Graph, Imported, Node, Object
from scaffold.ir.walk import within


class TrainingDependence:
    """Where in a model training makes a difference."""

    def __init__(self, model: ModelIR) -> None:
        """Find the blocks that depend on it; a block uses only previous ones."""
        self.blocks: set[str] = set()
        for block in model.blocks:
            if self.by(block):
                self.blocks.add(block.name)

    def by(self, graph: Graph) -> bool:
        """Return whether any layer of a graph behaves differently in training."""
        return any(
            self.by_layer(layer) for node in graph.nodes for layer in node.layers
        )

    def by_layer(self, layer: Object) -> bool:
        """Return whether a layer, or one inside it, behaves differently in training.

        Layers of the user are assumed to do so.
        """
        for value in within(layer):
            target = value.target if isinstance(value, Object) else None
            if isinstance(target, Graph) and target.name in self.blocks:
                return True
            if isinstance(target, Imported):
                return True
            if isinstance(target, KerasCallable) and target.training == "differs":
                return True
        return False

    def is_passed(self, node: Node) -> bool:
        """Return whether `training` is passed to a layer by name.

        Keras passes it automatically, but not with every backend: with JAX, `fit` runs
        the `call` of a model without the code that does so. Keras removes the argument
        before it calls a layer that does not take it (`CallSpec`, Keras 3.15).
        """
        if any(passed.keyword == "training" for passed in node.passed):
            return False
        return any(map(self.by_layer, node.layers))

    def fixed(self, node: Node) -> CallInput | None:
        """Return the constant `training` that is passed to an entry's layers.

        It is `None` if there is no such constant, or if it makes no difference.
        """
        for passed in node.passed:
            value = passed.value
            is_none = isinstance(value, Constant) and value.value is None
            if passed.keyword == "training" and not is_none:
                return passed if any(map(self._differs, node.layers)) else None
        return None

    def _differs(self, layer: Object) -> bool:
        """Return whether the output of a layer may differ in training."""
        objects = [value for value in within(layer) if isinstance(value, Object)]
        return any(
            (
                has_rate(item)
                if isinstance(item.target, KerasCallable)
                and item.target.name in facts.WITH_DROPOUT
                else self.by_layer(item._replace(arguments=()))
            )
            for item in objects
        )
