"""KS204: places of children that are no integers."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.beyond import RECURSE
from scaffold.ir.types import Constant, Input, Node, TensorRef


@rule("KS204")
def float_places(scope: Scope) -> Iterator[Diagnostic]:
    """Reports inputs of floats that `recurse` is to take for places of children.

    Keras takes them: floats hold places of small trees, and round those of large ones.
    """
    if scope.is_block:
        return
    inputs = {given.id: given for given in scope.graph.inputs}
    for node in scope.graph.nodes:
        if node.layer.target == RECURSE:
            given = inputs.get(_children(node))
            if given is not None and _is_of_floats(given):
                message = f"`{given.name}` holds places of nodes, and is of floats"
                help_ = f"write `{given.name}: {{shape: ..., dtype: int32}}`"
                yield Diagnostic("KS204", message, given.span, help_)


def _children(node: Node) -> int:
    """Gives the number of the tensor that says the children; -1 for none."""
    by_position = [one for one in node.passed if not one.keyword]
    named = [one for one in node.passed if one.keyword == "children"]
    found = next(iter([*named, *by_position[1:2]]), None)
    if found is None or not isinstance(found.value, TensorRef):
        return -1
    return found.value.node


def _is_of_floats(given: Input) -> bool:
    for option in given.options:
        if option.name == "dtype":
            value = option.value.value if isinstance(option.value, Constant) else ""
            return str(value).startswith(("float", "bfloat"))
    return True
