"""What stands in the way of saying a model in a style."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir import ModelIR
from scaffold.ir.types import Node, TensorRef
from scaffold.styles.types import Style


def obstacles(model: ModelIR, style: Style) -> tuple[Diagnostic, ...]:
    """Finds every entry that a style cannot say.

    Args:
        model: The model, in which the checks found no error.
        style: The style.

    Returns:
        A finding for each such entry; none where the style can say the model.
    """
    if style == "subclass":
        return ()
    found = list(_not_in_graphs(model, style))
    if style == "sequential":
        found += _not_in_a_row(model)
    return tuple(found)


def _not_in_graphs(model: ModelIR, style: Style) -> Iterator[Diagnostic]:
    for node in model.nodes:
        target = node.layer.target
        if isinstance(target, KerasCallable) and not target.in_graphs:
            message = (
                f"`{target.name}` cannot be part of a {style} model: called on a "
                "symbolic tensor it gives back the same one, and Keras sees a circle"
            )
            help_ = "a class can call it: --style subclass"
            yield Diagnostic("KS501", message, node.layer.name_span, help_)


def _not_in_a_row(model: ModelIR) -> Iterator[Diagnostic]:
    """Finds what is no chain of layers, each called on the one before alone."""
    for given in model.inputs[1:]:
        yield _no_row(f"a second input, `{given.name}`", given.span)
    before = TensorRef(model.inputs[0].id) if model.inputs else None
    for node in model.nodes:
        what = _why_not(node, before)
        if what:
            yield _no_row(what, node.span)
        before = TensorRef(node.id)
    outputs = model.outputs
    if outputs.keys is not None or outputs.is_list or len(outputs.tensors) != 1:
        yield _no_row("outputs other than one tensor", outputs.span)
    elif outputs.tensors[0] != before:
        yield _no_row("an output that is not the last entry's", outputs.span)


def _why_not(node: Node, before: TensorRef | None) -> str:
    """Says what keeps a node out of a row of layers; nothing if it fits."""
    if node.is_op:
        return (
            f"an operation, `ops.{node.layer.target.name}`" if node.layer.target else ""
        )
    if node.again is not None:
        return "a layer used a second time"
    if len(node.tensors) != 1:
        return f"`{node.layer.name}` called on {len(node.tensors)} tensors"
    if len(node.passed) > 1 or node.passed[0].keyword:
        return f"`{node.layer.name}` called with arguments"
    if node.tensors[0] != before:
        return f"`{node.layer.name}` called on something else than the entry before"
    return ""


def _no_row(what: str, span: Span) -> Diagnostic:
    help_ = "the functional style can say it: --style functional"
    return Diagnostic("KS502", f"a sequential model cannot have {what}", span, help_)
