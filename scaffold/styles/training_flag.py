"""Whether a layer works otherwise in training, and has to be told of it."""

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
        """Find the blocks that feel it; each uses only those before it."""
        self.blocks: set[str] = set()
        for block in model.blocks:
            if self.by(block):
                self.blocks.add(block.name)

    def by(self, graph: Graph) -> bool:
        """Return whether anything in a graph works otherwise in training."""
        return any(
            self.by_layer(layer) for node in graph.nodes for layer in node.layers
        )

    def by_layer(self, layer: Object) -> bool:
        """Return whether a layer, or one inside of it, works otherwise in training.

        One of the user's own may: nothing is known of it.
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

    def is_handed_on(self, node: Node) -> bool:
        """Return whether `training` is passed to a layer by name.

        Keras would hand it on by itself, but not on every backend: with JAX, `fit` runs
        a model's `call` past what does that. A layer that does not take it is none the
        worse: Keras takes it off before (`CallSpec`, Keras 3.15).
        """
        if any(passed.keyword == "training" for passed in node.passed):
            return False
        return any(map(self.by_layer, node.layers))

    def fixed(self, node: Node) -> CallInput | None:
        """Return the constant that settles whether an entry's layers are in training.

        `None` where there is no such constant, or where it makes no difference.
        """
        for passed in node.passed:
            value = passed.value
            is_none = isinstance(value, Constant) and value.value is None
            if passed.keyword == "training" and not is_none:
                return passed if any(map(self._differs, node.layers)) else None
        return None

    def _differs(self, layer: Object) -> bool:
        """Return whether a layer may give something else in training, as it is made."""
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
