"""KS309: a mask that is dropped before a layer that would use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.checks.inferred import Inferred, kind_of
from scaffold.diagnostics import Diagnostic
from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import Constant, Graph, Node, Object, Value
from scaffold.shapes.values import scope_of

Has = Literal["yes", "no", "maybe"]
"""Whether a tensor has a mask."""

_DEEPEST = 50
"""So many blocks are gone into within one another; of deeper ones nothing is known."""

_MOST = 50_000
"""So many entries are gone through at most, to find who would use a mask."""


def dropped_mask(inferred: Inferred) -> Iterator[Diagnostic]:
    """Warn of masks that a step drops, and that a later one would use."""
    follow = _Follow(inferred)
    model = inferred.model.graph
    scope = scope_of(model.params, {}, {})
    follow.graph(model, ["no"] * len(model.inputs), scope)
    yield from follow.found.values()


class _Follow:
    """Follows masks through graphs, each as it is called.

    Attributes:
        found: What was found, by entry.
    """

    def __init__(self, inferred: Inferred) -> None:
        self.found: dict[tuple[str, int], Diagnostic] = {}
        self._inferred, self._left = inferred, _MOST
        self._done: dict[str, tuple[Has, ...]] = {}
        self._depth = 0

    def graph(
        self, graph: Graph, given: Sequence[Has], scope: Mapping[str, Value]
    ) -> tuple[Has, ...]:
        """Tell which outputs of a graph have a mask, called on such tensors."""
        values = {name: fold(value, {}) for name, value in scope.items()}
        key = repr((graph.origin, values, list(given)))
        if key not in self._done:
            if self._depth > _DEEPEST:
                unknown: Has = "maybe"
                return (unknown,) * len(graph.outputs.tensors)
            self._depth += 1
            self._done[key] = self._graph(graph, given, scope)
            self._depth -= 1
        return self._done[key]

    def _graph(
        self, graph: Graph, given: Sequence[Has], scope: Mapping[str, Value]
    ) -> tuple[Has, ...]:
        has: dict[int, Has] = dict(
            zip((one.id for one in graph.inputs), given, strict=False)
        )
        for node in graph.nodes:
            has[node.id] = self._of_node(node, has, scope)
            masked = [one.node for one in node.tensors if has.get(one.node) == "yes"]
            if has[node.id] == "no" and masked and not _takes(node):
                self._dropped(graph, node, masked[0], has)
        return tuple(has.get(one.node, "maybe") for one in graph.outputs.tensors)

    def _of_node(
        self, node: Node, has: Mapping[int, Has], scope: Mapping[str, Value]
    ) -> Has:
        given = [has.get(one.node, "maybe") for one in node.tensors]
        gave = {self._of_layer(one, given, node, scope) for one in node.layers}
        return gave.pop() if len(gave) == 1 else "maybe"

    def _of_layer(
        self,
        layer: Object,
        given: Sequence[Has],
        node: Node,
        scope: Mapping[str, Value],
    ) -> Has:
        target = layer.target
        if isinstance(target, Graph):
            keywords = any(one.keyword for one in node.passed)
            arguments = {bound.name: bound.value for bound in layer.arguments}
            if keywords or len(given) != len(target.inputs):
                return "maybe"
            gave = self.graph(target, given, scope_of(target.params, arguments, scope))
            return gave[0] if len(gave) == 1 else "maybe"
        if not isinstance(target, KerasCallable) or target.registry == "beyond":
            return "maybe"
        if target.masks == "makes":
            return _set(layer, "mask_zero", scope)
        if target.name in facts.ATTENTION:
            first = [one for one in node.passed if one.keyword in ("", "query")]
            return given[0] if first and first[0] is node.passed[0] else "maybe"
        if target.name == facts.JOIN:
            return _joined(layer, given)
        if target.name in facts.MASK_OF_ALL:
            return _all(given)
        return _of_one(layer, target, given[0] if given else "no", scope)

    def _dropped(
        self, graph: Graph, node: Node, number: int, has: Mapping[int, Has]
    ) -> None:
        user = self._user(graph, node)
        source = self._inferred.source(graph, number)
        if user is None or source is None:
            return
        bare = [
            one.name
            for one in (
                self._inferred.source(graph, tensor.node)
                for tensor in node.tensors
                if has.get(tensor.node) == "no"
            )
            if one is not None
        ]
        why = f"`{bare[0]}` has none" if bare else f"`{node.layer.name}` hands none on"
        message = f"the mask of `{source.name}` ends here: {why}, and "
        message += f"`{user.layer.name}` in line {user.span.line} would use it"
        help_ = (
            f"call `{user.layer.name}` on something that has the mask, or leave the "
        )
        help_ += "mask out if padding may count"
        if bare:
            help_ = (
                f"give `{bare[0]}` a mask as well, or merge it where none is needed "
            )
            help_ += "any more"
        span = node.layer.name_span if node.again is None else node.span
        found = Diagnostic("KS309", message, span, help_, "warning")
        self.found.setdefault((graph.origin, node.id), found)

    def _user(self, graph: Graph, node: Node) -> Node | None:
        """Find a layer that goes on with the steps of a tensor, and uses masks."""
        waiting, seen = [node], {node.id}
        while waiting:
            one = waiting.pop(0)
            if not self._has_steps(graph, one):
                continue
            for after in self._inferred.users(graph).get(one.id, ()):
                if any(kind_of(layer) in facts.MASK_USERS for layer in after.layers):
                    return after
                target = after.layer.target
                makes = isinstance(target, KerasCallable) and target.masks == "makes"
                if after.id not in seen and not makes and self._left > 0:
                    self._left -= 1
                    seen.add(after.id)
                    waiting.append(after)
        return None

    def _has_steps(self, graph: Graph, node: Node) -> bool:
        """Tell whether what an entry gives may still be a sequence of steps."""
        if kind_of(node.layer) in facts.NO_STEPS:
            return False
        shapes = self._inferred.shapes(graph, node.id)
        return bool(shapes) and all(one is None or len(one) > 2 for one in shapes)


def _takes(node: Node) -> bool:
    """Tell whether an entry itself uses the mask, or maybe does."""
    kinds = {kind_of(layer) for layer in node.layers}
    return not kinds.isdisjoint(facts.MASK_USERS | facts.MASK_MAKERS | {""})


def _of_one(
    layer: Object, target: KerasCallable, given: Has, scope: Mapping[str, Value]
) -> Has:
    """Tell what becomes of the mask of a layer's only tensor."""
    if target.registry == "ops" or target.masks == "":
        return "maybe" if target.name == facts.KERNEL_WRAPPER else "no"
    if target.name == facts.MASKED_MEAN:
        return "no"
    if target.name in (facts.BOTH_WAYS, facts.EACH_STEP):
        inner = [one.value for one in layer.arguments if one.name == "layer"]
        held = inner[0] if inner and isinstance(inner[0], Object) else None
        if held is None or not isinstance(held.target, KerasCallable):
            return "maybe"
        if target.name == facts.EACH_STEP:
            return given
        return _of_one(held, held.target, given, scope)
    if any(one.name == "return_sequences" for one in target.arguments):
        gives = _set(layer, "return_sequences", scope)
        return given if gives == "yes" else gives
    return given


def _set(layer: Object, flag: str, scope: Mapping[str, Value]) -> Has:
    """Tell whether a flag is set; a layer without it is as if it were."""
    target = layer.target
    assert isinstance(target, KerasCallable)
    known = [one for one in target.arguments if one.name == flag]
    if not known:
        return "yes"
    given = [one.value for one in layer.arguments if one.name == flag]
    try:
        value = fold(given[0], scope) if given else known[0].default
    except (Unknown, Impossible):
        return "maybe"
    return "yes" if value else "no"


def _joined(layer: Object, given: Sequence[Has]) -> Has:
    """Tell whether what `Concatenate` gives has a mask that hides anything.

    Along the features, a step counts as soon as one of the tensors has it: what has no
    mask has them all. Along another axis, each tensor keeps its own steps.
    """
    axis = [one.value for one in layer.arguments if one.name == "axis"]
    if not axis or (isinstance(axis[0], Constant) and axis[0].value == -1):
        return _all(given)
    return "maybe" if "yes" in given or "maybe" in given else "no"


def _all(given: Sequence[Has]) -> Has:
    return "no" if "no" in given else "maybe" if "maybe" in given else "yes"
