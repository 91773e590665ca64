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
from scaffold.ir.interpreter import Iteration, ResolvedArgument
from scaffold.ir.types import Constant, Graph, Node, Object, Value


class KS309(Code):
    """A mask is dropped before a layer that would use it.

    What it does:
        Warns about a step that does not pass its mask on (`Conv1D`, `Permute`,
        `Reshape`, functions of `keras.ops`, a merge with a tensor without a mask) if a
        later layer would use it, and about a masked tensor that `loop` is called on. If
        no later layer uses the mask, there is no warning.

    Why:
        Keras rarely reports it. The mask of a merge hides steps only if all merged
        tensors have a mask (Keras 3.15.1). Without a mask, padding is treated as data.

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


HasMask = Literal["yes", "no", "maybe"]
"""Whether a tensor has a mask."""

_MOST = 50_000
"""The most entries that are visited to find the layers that would use a mask."""


@shape_rule(KS309)
def dropped_mask(inferred: Inferred) -> Iterator[Diagnostic]:
    """Warn about masks that a step drops and a later step would use."""
    search = _MaskSearch(inferred)
    model = inferred.model.graph
    masks = _Masks(model, Folder(scope_of(model.params)), search)
    masks.run(["no"] * len(model.inputs))
    yield from search.diagnostics.values()


class _MaskSearch(Memory):
    """State that all graphs of a model share.

    Attributes:
        diagnostics: The findings, by entry.
        inferred: The model and its shapes.
        left: How many more entries may be visited.
    """

    def __init__(self, inferred: Inferred) -> None:
        super().__init__()
        self.diagnostics: dict[tuple[str, int], Diagnostic] = {}
        self.inferred, self.left = inferred, _MOST


class _Masks(Abstraction[HasMask]):
    """Follows masks through the calls of a graph."""

    _memory: _MaskSearch

    def unknown(self) -> HasMask:
        return "maybe"

    def output(self, result: HasMask, number: int | None) -> HasMask:
        return result

    def joined(self, results: Sequence[HasMask]) -> HasMask:
        return results[0] if len(results) == 1 else "maybe"

    def iterations(self, node: Node) -> Iterator[Iteration]:
        """Return one iteration: all layers of a repeat keep masks, or all drop them."""
        yield Iteration(0, node.layers, self.scope)

    def node(self, node: Node, results: Mapping[int, HasMask]) -> HasMask:
        """Return whether the output of an entry has a mask; warn if it drops one."""
        result = super().node(node, results)
        masked = [
            tensor.node for tensor in node.tensors if results.get(tensor.node) == "yes"
        ]
        if result == "no" and masked and not _uses_mask(node):
            self._dropped(node, masked[0], results)
        return result

    def call(
        self,
        node: Node,
        callee: Iteration,
        arguments: Sequence[ResolvedArgument[HasMask]],
    ) -> HasMask:
        masks = {self._of_layer(layer, node, arguments) for layer in callee.layers}
        return masks.pop() if len(masks) == 1 else "maybe"

    def _of_layer(
        self, layer: Object, node: Node, arguments: Sequence[ResolvedArgument[HasMask]]
    ) -> HasMask:
        masks = [mask for argument in arguments for mask in argument.tensors]
        target, scope = layer.target, self.scope.params
        if isinstance(target, Graph):
            keywords = any(argument.keyword for argument in arguments)
            if keywords or len(masks) != len(target.inputs):
                return "maybe"
            inside = self.scope.inside(target.params, layer.arguments)
            return _Masks(target, inside, self._memory).invoke(arguments)
        if not isinstance(target, KerasCallable) or target.registry == "extensions":
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
        return _of_single(layer, target, masks[0] if masks else "no", scope)

    def _dropped(self, node: Node, number: int, has: Mapping[int, HasMask]) -> None:
        graph = self.graph
        user = self._user(node)
        source = graph.step(number)
        if user is None or source is None:
            return
        unmasked = [
            step.name
            for step in (
                graph.step(tensor.node)
                for tensor in node.tensors
                if has.get(tensor.node) == "no"
            )
            if step is not None
        ]
        why = f"`{node.layer.name}` does not pass it on"
        help_ = (
            f"call `{user.layer.name}` on a tensor that has the mask, or remove the "
        )
        help_ += "mask if padding may be treated as data"
        if unmasked:
            why = f"`{unmasked[0]}` has no mask"
            help_ = f"give `{unmasked[0]}` a mask as well, or merge it after the "
            help_ += "layers that use the mask"
        message = f"the mask of `{source.name}` is dropped here: {why}, and "
        message += f"`{user.layer.name}` in line {user.span.line} would use it"
        span = node.layer.name_span if node.reused is None else node.span
        diagnostic = Diagnostic("KS309", message, span, help_, "warning")
        self._memory.diagnostics.setdefault((graph.origin, node.id), diagnostic)

    def _user(self, node: Node) -> Node | None:
        """Find a later layer that works on the steps of a tensor and uses masks."""
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
        """Return whether the output of an entry may still be a sequence of steps."""
        if kind_of(node.layer) in facts.NO_STEPS:
            return False
        shapes = self._memory.inferred.shapes(self.graph, node.id)
        return bool(shapes) and all(shape is None or len(shape) > 2 for shape in shapes)


def _uses_mask(node: Node) -> bool:
    """Return whether an entry itself uses the mask, or may use it."""
    kinds = {kind_of(layer) for layer in node.layers}
    return not kinds.isdisjoint(facts.MASK_USERS | facts.MASK_MAKERS | {""})


def _of_single(
    layer: Object, target: KerasCallable, mask: HasMask, scope: Mapping[str, Value]
) -> HasMask:
    """Return whether the output of a layer called on one tensor has a mask."""
    if target.registry == "ops" or target.masks == "":
        return "maybe" if target.name == facts.KERNEL_WRAPPER else "no"
    if target.name == facts.MASKED_MEAN:
        return "no"
    if target.name in (facts.BIDIRECTIONAL, facts.TIME_DISTRIBUTED):
        inner = [bound.value for bound in layer.arguments if bound.name == "layer"]
        wrapped = inner[0] if inner and isinstance(inner[0], Object) else None
        if wrapped is None or not isinstance(wrapped.target, KerasCallable):
            return "maybe"
        if target.name == facts.TIME_DISTRIBUTED:
            return mask
        return _of_single(wrapped, wrapped.target, mask, scope)
    if any(argument.name == "return_sequences" for argument in target.arguments):
        returns_sequences = _set(layer, "return_sequences", scope)
        return mask if returns_sequences == "yes" else returns_sequences
    return mask


def _set(layer: Object, flag: str, scope: Mapping[str, Value]) -> HasMask:
    """Return whether a flag of a layer is set; `yes` for a layer without the flag."""
    target = layer.target
    assert isinstance(target, KerasCallable)
    flags = [argument for argument in target.arguments if argument.name == flag]
    if not flags:
        return "yes"
    values = [bound.value for bound in layer.arguments if bound.name == flag]
    value = folded(values[0], scope, "maybe") if values else flags[0].default
    return "maybe" if value == "maybe" else "yes" if value else "no"


def _joined(layer: Object, masks: Sequence[HasMask]) -> HasMask:
    """Return whether the output of `Concatenate` has a mask that hides steps.

    Along the feature axis, a step is hidden only if the masks of all tensors hide it; a
    tensor without a mask hides none. Along another axis, each tensor keeps its steps.
    """
    axis = [bound.value for bound in layer.arguments if bound.name == "axis"]
    if not axis or (isinstance(axis[0], Constant) and axis[0].value == -1):
        return _all(masks)
    return "maybe" if "yes" in masks or "maybe" in masks else "no"


def _all(masks: Sequence[HasMask]) -> HasMask:
    return "no" if "no" in masks else "maybe" if "maybe" in masks else "yes"
