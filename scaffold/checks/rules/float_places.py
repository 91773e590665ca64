"""KS204: indices of children that are not integers."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Diagnostic
from scaffold.ir.extensions import RECURSE
from scaffold.ir.types import Constant, Input, Node, TensorRef


@rule("KS204")
def float_places(context: RuleContext) -> Iterator[Diagnostic]:
    """Report float inputs that `recurse` uses as indices of children.

    Keras accepts them: floats hold the indices of small trees, and round large ones.
    """
    if context.is_block:
        return
    inputs = {model_input.id: model_input for model_input in context.graph.inputs}
    for node in context.graph.nodes:
        if node.layer.target == RECURSE:
            model_input = inputs.get(_children(node))
            if model_input is not None and _is_of_floats(model_input):
                message = (
                    f"`{model_input.name}` holds indices of nodes, but its dtype is "
                    "float"
                )
                help_ = f"write `{model_input.name}: {{shape: ..., dtype: int32}}`"
                yield Diagnostic("KS204", message, model_input.span, help_)


def _children(node: Node) -> int:
    """Return the number of the tensor with the indices of the children, or -1."""
    by_position = [call_input for call_input in node.passed if not call_input.keyword]
    named = [
        call_input for call_input in node.passed if call_input.keyword == "children"
    ]
    children = next(iter([*named, *by_position[1:2]]), None)
    if children is None or not isinstance(children.value, TensorRef):
        return -1
    return children.value.node


def _is_of_floats(model_input: Input) -> bool:
    for option in model_input.options:
        if option.name == "dtype":
            value = option.value.value if isinstance(option.value, Constant) else ""
            return str(value).startswith(("float", "bfloat"))
    return True
