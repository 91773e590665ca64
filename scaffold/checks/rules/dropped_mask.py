"""KS309: a mask that is dropped before a layer that would use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.checks.inferred import Inferred, kind_of
from scaffold.checks.rule import shape_rule
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.abstraction import Abstraction, Memory
from scaffold.ir.fold import Folder, folded, scope_of
from scaffold.ir.interpreter import ResolvedArgument, Turn
from scaffold.ir.types import Constant, Graph, Node, Object, Value


class KS309(Code):
    """A mask ends where its author may not expect it.

    What it does:
        Warns of a step that hands no mask on (`Conv1D`, `Permute`, `Reshape`, functions
        of `keras.ops`, a merge with a tensor that has none) where a later layer would
        use it, and of a masked tensor that `loop` is called on. Where nothing uses the
        mask any more, nothing is lost.

    Why:
        Keras says little of it. What a merge gives has a mask that hides anything only
        if all that it merges has one (Keras 3.15.1). Padding then counts like anything
        else.

    Example:
        inputs: {words: {shape: [null], dtype: int32}}
        layers:
          - vectors = Embedding(1000, 16, mask_zero=True)
          - tags = Embedding(1000, 16) <- words
          - Add() <- vectors, tags
          - GlobalAveragePooling1D

    Instead:
        inputs: {words: {shape: [null], dtype: int32}}
        layers:
          - vectors = Embedding(1000, 16, mask_zero=True)
          - tags = Embedding(1000, 16, mask_zero=True) <- words
          - Add() <- vectors, tags
          - GlobalAveragePooling1D
    """

    name = "ending-mask"


Has = Literal["yes", "no", "maybe"]
"""Whether a tensor has a mask."""

_MOST = 50_000
"""So many entries are gone through at most, to find who would use a mask."""


@shape_rule(KS309)
def dropped_mask(inferred: Inferred) -> Iterator[Diagnostic]:
    """Warn of masks that a step drops, and that a later one would use."""
    follow = _Follow(inferred)
    model = inferred.model.graph
    masks = _Masks(model, Folder(scope_of(model.params)), follow)
    masks.run(["no"] * len(model.inputs))
    yield from follow.diagnostics.values()


class _Follow(Memory):
    """What the graphs of a model share.

    Attributes:
        diagnostics: What was found, by entry.
        inferred: The model and its shapes.
        left: How many more entries are gone through.
    """

    def __init__(self, inferred: Inferred) -> None:
        super().__init__()
        self.diagnostics: dict[tuple[str, int], Diagnostic] = {}
        self.inferred, self.left = inferred, _MOST


class _Masks(Abstraction[Has]):
    """Follows masks through a graph, as it is called."""

    _memory: _Follow

    def unknown(self) -> Has:
        return "maybe"

    def output(self, result: Has, number: int | None) -> Has:
        return result

    def joined(self, results: Sequence[Has]) -> Has:
        return results[0] if len(results) == 1 else "maybe"

    def turns(self, node: Node) -> Iterator[Turn]:
        """Return one turn: what stands in a row keeps masks or drops them."""
        yield Turn(0, node.layers, self.scope)

    def node(self, node: Node, results: Mapping[int, Has]) -> Has:
        """Tell whether an entry gives a mask, and warn where it drops one."""
        result = super().node(node, results)
        masked = [
            tensor.node for tensor in node.tensors if results.get(tensor.node) == "yes"
        ]
        if result == "no" and masked and not _takes(node):
            self._dropped(node, masked[0], results)
        return result

    def call(
        self, node: Node, callee: Turn, arguments: Sequence[ResolvedArgument[Has]]
    ) -> Has:
        masks = {self._of_layer(layer, node, arguments) for layer in callee.layers}
        return masks.pop() if len(masks) == 1 else "maybe"

    def _of_layer(
        self, layer: Object, node: Node, arguments: Sequence[ResolvedArgument[Has]]
    ) -> Has:
        masks = [mask for argument in arguments for mask in argument.tensors]
        target, scope = layer.target, self.scope.params
        if isinstance(target, Graph):
            keywords = any(argument.keyword for argument in arguments)
            if keywords or len(masks) != len(target.inputs):
                return "maybe"
            inside = self.scope.inside(target.params, layer.arguments)
            return _Masks(target, inside, self._memory).invoke(arguments)
        if not isinstance(target, KerasCallable) or target.registry == "beyond":
            return "maybe"
        if target.masks == "makes":
            return _set(layer, "mask_zero", scope)
        if target.name in facts.ATTENTION:
            first = [
                call_input
                for call_input in node.passed
                if call_input.keyword in ("", "query")
            ]
            return masks[0] if first and first[0] is node.passed[0] else "maybe"
        if target.name == facts.JOIN:
            return _joined(layer, masks)
        if target.name in facts.MASK_OF_ALL:
            return _all(masks)
        return _of_one(layer, target, masks[0] if masks else "no", scope)

    def _dropped(self, node: Node, number: int, has: Mapping[int, Has]) -> None:
        graph = self.graph
        user = self._user(node)
        source = graph.step(number)
        if user is None or source is None:
            return
        bare = [
            step.name
            for step in (
                graph.step(tensor.node)
                for tensor in node.tensors
                if has.get(tensor.node) == "no"
            )
            if step is not None
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
        diagnostic = Diagnostic("KS309", message, span, help_, "warning")
        self._memory.diagnostics.setdefault((graph.origin, node.id), diagnostic)

    def _user(self, node: Node) -> Node | None:
        """Find a layer that goes on with the steps of a tensor, and uses masks."""
        users = self._memory.inferred.users(self.graph)
        waiting, seen = [node], {node.id}
        while waiting:
            user = waiting.pop(0)
            if not self._has_steps(user):
                continue
            for after in users.get(user.id, ()):
                if any(kind_of(layer) in facts.MASK_USERS for layer in after.layers):
                    return after
                target = after.layer.target
                makes = isinstance(target, KerasCallable) and target.masks == "makes"
                if after.id not in seen and not makes and self._memory.left > 0:
                    self._memory.left -= 1
                    seen.add(after.id)
                    waiting.append(after)
        return None

    def _has_steps(self, node: Node) -> bool:
        """Return whether what an entry gives may still be a sequence of steps."""
        if kind_of(node.layer) in facts.NO_STEPS:
            return False
        shapes = self._memory.inferred.shapes(self.graph, node.id)
        return bool(shapes) and all(shape is None or len(shape) > 2 for shape in shapes)


def _takes(node: Node) -> bool:
    """Return whether an entry itself uses the mask, or maybe does."""
    kinds = {kind_of(layer) for layer in node.layers}
    return not kinds.isdisjoint(facts.MASK_USERS | facts.MASK_MAKERS | {""})


def _of_one(
    layer: Object, target: KerasCallable, mask: Has, scope: Mapping[str, Value]
) -> Has:
    """Describe what becomes of the mask of a layer's only tensor."""
    if target.registry == "ops" or target.masks == "":
        return "maybe" if target.name == facts.KERNEL_WRAPPER else "no"
    if target.name == facts.MASKED_MEAN:
        return "no"
    if target.name in (facts.BOTH_WAYS, facts.EACH_STEP):
        inner = [bound.value for bound in layer.arguments if bound.name == "layer"]
        held = inner[0] if inner and isinstance(inner[0], Object) else None
        if held is None or not isinstance(held.target, KerasCallable):
            return "maybe"
        if target.name == facts.EACH_STEP:
            return mask
        return _of_one(held, held.target, mask, scope)
    if any(argument.name == "return_sequences" for argument in target.arguments):
        gives = _set(layer, "return_sequences", scope)
        return mask if gives == "yes" else gives
    return mask


def _set(layer: Object, flag: str, scope: Mapping[str, Value]) -> Has:
    """Tell whether a flag is set; a layer without it is as if it were."""
    target = layer.target
    assert isinstance(target, KerasCallable)
    flags = [argument for argument in target.arguments if argument.name == flag]
    if not flags:
        return "yes"
    values = [bound.value for bound in layer.arguments if bound.name == flag]
    value = folded(values[0], scope, "maybe") if values else flags[0].default
    return "maybe" if value == "maybe" else "yes" if value else "no"


def _joined(layer: Object, masks: Sequence[Has]) -> Has:
    """Tell whether what `Concatenate` gives has a mask that hides anything.

    Along the features, a step counts as soon as one of the tensors has it: what has no
    mask has them all. Along another axis, each tensor keeps its own steps.
    """
    axis = [bound.value for bound in layer.arguments if bound.name == "axis"]
    if not axis or (isinstance(axis[0], Constant) and axis[0].value == -1):
        return _all(masks)
    return "maybe" if "yes" in masks or "maybe" in masks else "no"


def _all(masks: Sequence[Has]) -> Has:
    return "no" if "no" in masks else "maybe" if "maybe" in masks else "yes"
