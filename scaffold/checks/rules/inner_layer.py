"""KS204: a layer that the wrapper around it cannot hold."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import examples, layers
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Bound, Collection, Graph, Object, Value

_RECURRENT = frozenset(("go_backwards", "return_sequences", "return_state"))
"""The arguments that a layer needs to be used in `Bidirectional`."""

_CELL = f"takes a cell, such as `{examples.CELL}`"
_RUN = f"takes a recurrent layer, such as `{examples.RECURRENT}`"
_SINGLE = "give the block one input and one output"
_CELL_INPUTS = "the inputs `node` and `children`"


@rule("KS204")
def inner_layer(context: RuleContext) -> Iterator[Diagnostic]:
    """Report layers that are not cells, and layers that a wrapper cannot hold."""
    for wrapper, arguments in context.calls:
        if isinstance(wrapper, Graph):
            continue
        for bound in arguments:
            for item in _wrapped(bound.value):
                needs, help_ = "", ""
                if isinstance(item.target, Graph):
                    needs, help_ = _block_fault(wrapper, bound, item.target)
                elif isinstance(item.target, KerasCallable):
                    needs, help_ = _fault(wrapper.name, bound.name, item.target)
                if needs:
                    message = f"`{wrapper.name}` {needs}, not `{item.name}`"
                    yield Diagnostic("KS204", message, item.name_span, help_)


def _wrapped(value: Value) -> Iterator[Object]:
    """Return the objects in the value of an argument: one, or those of a list."""
    items = value.items if isinstance(value, Collection) else (value,)
    for item in items:
        if isinstance(item, Object):
            yield item


def _fault(wrapper: str, argument: str, inner: KerasCallable) -> tuple[str, str]:
    """Describe what a wrapper needs, and what to write instead."""
    if inner.registry != "layers" or inner.abstract:
        return "", ""
    if wrapper in layers.CELL_WRAPPERS and argument in ("cell", "cells"):
        if "states" not in inner.tensors:
            return _CELL, _without(inner)
    elif wrapper == layers.BIDIRECTIONAL and argument in ("layer", "backward_layer"):
        if not _is_recurrent(inner):
            help_ = f"write a recurrent layer: `{examples.BOTH_WAYS}`"
            return _RUN, help_
    elif wrapper == "recurse":
        help_ = "put the layer into a block with `inputs: [node, children]`"
        return f"takes a block with {_CELL_INPUTS}", help_
    elif wrapper in (layers.TIME_DISTRIBUTED, "loop"):
        if inner.takes != "one":
            help_ = f"write another layer, such as `{examples.LAYER}`"
            return "takes a layer that is called on one tensor", help_
    return "", ""


def _block_fault(wrapper: KerasCallable, bound: Bound, inner: Graph) -> tuple[str, str]:
    """Describe what a wrapper needs instead of a block, and what to write instead."""
    if wrapper.name in layers.CELL_WRAPPERS:
        return _CELL, "use a cell: a block keeps no state"
    if wrapper.name == layers.BIDIRECTIONAL:
        help_ = f"wrap each recurrent layer inside the block in `{wrapper.name}`"
        return _RUN, help_
    if wrapper.name == "recurse":
        if sorted(block_input.name for block_input in inner.inputs) == [
            "children",
            "node",
        ]:
            return _unless_plain(inner, "takes a block with one output")
        help_ = "give it `inputs: [node, children]`"
        return f"takes a block with {_CELL_INPUTS}", help_
    if wrapper.name == layers.KERNEL_WRAPPER:
        help_ = f"wrap each layer inside the block in `{wrapper.name}`"
        return f"takes a layer with a kernel, such as `{examples.DENSE}`", help_
    kinds = bound.argument.kinds if bound.argument is not None else ("layer",)
    if "layer" not in kinds and "layers" not in kinds:
        if "activation" not in kinds:
            return "", ""
        help_ = f"make it a separate entry: `- {inner.name}`"
        return f"takes an activation as `{bound.name}`", help_
    if len(inner.inputs) != 1:
        return "takes a block with one input and one output", _SINGLE
    return _unless_plain(inner, "takes a block with one input and one output")


def _unless_plain(inner: Graph, needs: str) -> tuple[str, str]:
    """Report a block that returns more than one tensor, a list or a mapping."""
    outputs = inner.outputs
    if inner.gives != 1 or outputs.keys or outputs.is_list:
        return needs, _SINGLE
    return "", ""


def _is_recurrent(layer: KerasCallable) -> bool:
    return _RECURRENT <= {argument.name for argument in layer.arguments}


def _without(inner: KerasCallable) -> str:
    if _is_recurrent(inner):
        return f"`{inner.name}` is already recurrent: leave the wrapper out"
    return f"write a cell: `{examples.RUN_CELL}`"
