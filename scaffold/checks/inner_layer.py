"""KS204: a layer that the wrapper around it cannot hold."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Collection, Graph, Object, Value

_RECURRENT = frozenset(("go_backwards", "return_sequences", "return_state"))
"""Arguments that a layer has if it can run backwards beside another."""


def inner_layer(scope: Scope) -> Iterator[Diagnostic]:
    """Reports cells that are none, and layers that a wrapper cannot hold."""
    for wrapper, given in scope.calls:
        if isinstance(wrapper, Graph):
            continue
        for bound in given:
            items: tuple[Value, ...] = (bound.value,)
            if isinstance(bound.value, Collection):
                items = bound.value.items
            for item in items:
                if isinstance(item, Object) and isinstance(
                    item.target, KerasCallable | Graph
                ):
                    needs, help_ = _fault(wrapper.name, bound.name, item.target)
                    if needs:
                        message = f"`{wrapper.name}` {needs}, not `{item.name}`"
                        yield Diagnostic("KS204", message, item.name_span, help_)


def _fault(
    wrapper: str, argument: str, inner: KerasCallable | Graph
) -> tuple[str, str]:
    """Says what a wrapper needs, and what to write instead."""
    if isinstance(inner, Graph):
        return _block_fault(wrapper, inner)
    if inner.registry != "layers" or inner.abstract:
        return "", ""
    if wrapper in ("RNN", "StackedRNNCells") and argument in ("cell", "cells"):
        if "states" not in inner.tensors:
            return "takes a cell, such as `LSTMCell`", _without(inner)
    elif wrapper == "Bidirectional" and argument in ("layer", "backward_layer"):
        if not _is_recurrent(inner):
            return "takes a recurrent layer, such as `LSTM`", ""
    elif wrapper == "TimeDistributed" and argument == "layer":
        if inner.takes != "one":
            return "takes a layer that is called on one tensor", ""
    return "", ""


def _block_fault(wrapper: str, inner: Graph) -> tuple[str, str]:
    """Says what a wrapper needs that a block is not."""
    if wrapper in ("RNN", "StackedRNNCells"):
        return "takes a cell, such as `LSTMCell`", "a block keeps no state"
    if wrapper == "Bidirectional":
        return "takes a recurrent layer, such as `LSTM`", ""
    if len(inner.inputs) != 1 or inner.gives != 1:
        return "takes a block with one input and one output", ""
    return "", ""


def _is_recurrent(layer: KerasCallable) -> bool:
    return _RECURRENT <= {argument.name for argument in layer.arguments}


def _without(inner: KerasCallable) -> str:
    if _is_recurrent(inner):
        return f"`{inner.name}` is recurrent by itself: leave the wrapper out"
    return ""
