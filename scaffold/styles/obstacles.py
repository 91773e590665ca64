"""Find the reasons why a style cannot express a model."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir import ModelIR
from scaffold.ir.extensions import blocks_of_extensions, is_extension, uses_extension
from scaffold.ir.types import Graph, Node, Object, TensorRef, Value, is_op
from scaffold.ir.walk import of_node, parts
from scaffold.styles.masks import passed_by_name
from scaffold.styles.training_flag import TrainingDependence
from scaffold.styles.types import Style

_WHY = {
    "recurse": "it follows the structure of each tree, but a graph of layers is fixed",
    "loop": "the data decide when it ends, but a graph of layers is fixed",
}
"""Why a graph of layers cannot have them."""


def obstacles(model: ModelIR, style: Style) -> tuple[Diagnostic, ...]:
    """Return a finding for every entry that a style cannot express.

    Args:
        model: The model, in which the checks found no error.
        style: The style.

    Returns:
        The findings; empty if the style can express the model.
    """
    if style == "subclass":
        return tuple(_lost_masks(model))
    overridden = _overridden(model, style)
    if style == "functional":
        return (*_beyond_graphs(model, style), *overridden)
    beyond = [*_beyond_graphs(model, "functional"), *model.hooks]
    unchained = [
        diagnostic
        for graph in _seen(model)
        for diagnostic in _not_in_a_chain(graph, not beyond)
    ]
    return (*_not_in_graphs(model, style), *unchained, *overridden)


def _overridden(model: ModelIR, style: Style) -> Iterator[Diagnostic]:
    """Find the methods to override, which require a class."""
    for hook in model.hooks:
        message = f"a {style} model has no class that could override `{hook.name}`"
        help_ = "use the subclass style: --style subclass"
        yield Diagnostic("KS505", message, hook.span, help_)


def _beyond_graphs(model: ModelIR, style: Style) -> Iterator[Diagnostic]:
    yield from _not_in_graphs(model, style)
    yield from _fixed_training(model)
    for graph in _seen(model):
        yield from _without_shape(graph)


def _fixed_training(model: ModelIR) -> Iterator[Diagnostic]:
    """Find calls with a constant `training`, which a functional model overrides."""
    dependence = TrainingDependence(model)
    for node in (node for graph in _seen(model) for node in graph.nodes):
        passed = dependence.fixed(node)
        if passed is not None:
            message = (
                f"a functional model replaces the `training` of `{node.layer.name}` "
                "with what `fit`, `evaluate` and `predict` pass"
            )
            help_ = "use the subclass style, which keeps it: --style subclass"
            yield Diagnostic("KS507", message, passed.span, help_)


def _seen(model: ModelIR) -> list[Graph]:
    """Return the graphs, without the blocks that only `recurse` and `loop` run.

    If a style cannot have those, findings inside their blocks are redundant.
    """
    inner = blocks_of_extensions(model)
    return [graph for graph in model.graphs if graph.origin not in inner]


def _not_in_graphs(model: ModelIR, style: Style) -> Iterator[Diagnostic]:
    nodes = [node for graph in _seen(model) for node in graph.nodes]
    for layer in (layer for node in nodes for layer in node.layers):
        target = layer.target
        if is_extension(layer):
            message = f"a {style} model cannot have `{layer.name}`: {_WHY[layer.name]}"
            help_ = "use the subclass style: --style subclass"
            yield Diagnostic("KS506", message, layer.name_span, help_)
        elif isinstance(target, KerasCallable) and not target.in_graphs:
            message = (
                f"`{target.name}` cannot be part of a {style} model: called on a "
                "symbolic tensor it returns the same tensor, and Keras sees a cycle"
            )
            help_ = "use the subclass style: --style subclass"
            yield Diagnostic("KS501", message, layer.name_span, help_)


def _lost_masks(model: ModelIR) -> Iterator[Diagnostic]:
    """Find layers that would not get their mask from `TimeDistributed`."""
    passed = passed_by_name(model)
    for block in model.blocks:
        lost = passed[block.name].lost if block.name in passed else ()
        for node in block.nodes:
            if node.id in lost:
                message = (
                    f"`{facts.TIME_DISTRIBUTED}` passes a class its mask only as the "
                    f"argument `mask`, which does not reach `{node.layer.name}`"
                )
                help_ = "use the functional style, which passes it: --style functional"
                yield Diagnostic("KS504", message, node.layer.name_span, help_)


def _without_shape(graph: Graph) -> Iterator[Diagnostic]:
    """Find blocks inside layers that may call them on an unknown shape."""
    for node in graph.nodes:
        for value in of_node(node):
            if isinstance(value, Object) and is_extension(value):
                continue
            if any(value is layer for layer in node.layers):
                yield from _blocks_in(value, "", is_known=True)
            else:
                yield from _blocks_in(value, node.layer.name, is_known=False)


def _blocks_in(value: Value, holder: str, *, is_known: bool) -> Iterator[Diagnostic]:
    """Find blocks in a value; inside a `TimeDistributed`, the shape is known."""
    if isinstance(value, Object):
        target = value.target
        if isinstance(target, Graph) and not is_known:
            message = (
                f"a functional model needs the shape that `{holder}` calls "
                f"`{value.name}` on, which is unknown"
            )
            help_ = "use the subclass style, which needs no shape: --style subclass"
            yield Diagnostic("KS503", message, value.name_span, help_)
        is_time = (
            isinstance(target, KerasCallable) and target.name == facts.TIME_DISTRIBUTED
        )
        holder, is_known = value.name, is_known and is_time
    for part in parts(value):
        yield from _blocks_in(part, holder, is_known=is_known)


def _not_in_a_chain(graph: Graph, is_graph: bool) -> Iterator[Diagnostic]:
    """Find what is not a chain of layers, each called only on the previous one."""
    style = "functional" if is_graph else "subclass"
    help_ = f"use the {style} style: --style {style}"
    for reason, span in _beyond_a_chain(graph):
        message = f"a sequential model cannot have {reason}"
        yield Diagnostic("KS502", message, span, help_)


def _beyond_a_chain(graph: Graph) -> Iterator[tuple[str, Span]]:
    for model_input in graph.inputs[1:]:
        yield f"a second input, `{model_input.name}`", model_input.span
    previous = TensorRef(graph.inputs[0].id) if graph.inputs else None
    for node in graph.nodes:
        reason = "" if uses_extension(node) else _why_not(node, previous)
        if reason:
            yield reason, node.span
        previous = TensorRef(node.id)
    outputs = graph.outputs
    if outputs.keys is not None or outputs.is_list or len(outputs.tensors) != 1:
        yield "outputs other than one tensor", outputs.span
    elif outputs.tensors[0] != previous:
        yield "an output that is not the last entry's", outputs.span


def _why_not(node: Node, previous: TensorRef | None) -> str:
    """Describe why a node cannot be in a chain of layers; `""` if it can."""
    for layer in node.layers:
        if is_op(layer):
            return f"an operation, `{layer.name}`"
    if node.reused is not None:
        return "a layer used a second time"
    if len(node.tensors) != 1:
        return f"`{node.layer.name}` called on {len(node.tensors)} tensors"
    if len(node.passed) > 1 or node.passed[0].keyword:
        return f"`{node.layer.name}` called with arguments"
    if node.tensors[0] != previous:
        return f"`{node.layer.name}` called on something other than the previous entry"
    return ""
