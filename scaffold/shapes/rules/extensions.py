"""Extensions of the spec language that Keras does not have."""

from __future__ import annotations

from scaffold.catalogue.facts import examples
from scaffold.ir.fold import NotConstant
from scaffold.shapes.arithmetic import differ
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.types import (
    CallShapes,
    Misfit,
    OutputShapes,
    Shape,
    ranked,
    written,
)


def _recurse(call: CallShapes) -> OutputShapes:
    nodes = call.tensor("nodes", 0)
    batch, _, features = ranked(nodes, 3)
    _, _, arity = ranked(call.tensor("children", 1), 3, place=1)
    node, children = (batch, features), (batch, arity, features)
    outputs = call.inner(call.holder("cell"), node=node, children=children)
    if outputs is not None and not _may_match(outputs, node):
        message = f"has a cell that returns {written(outputs[0])} for a node of shape "
        help_ = f"make the cell return {features} features"
        raise Misfit(f"{message}{written(node)}", help_)
    return (nodes,)


def _loop(call: CallShapes) -> OutputShapes:
    state = call.shape
    outputs = call.inner(call.holder("step"), state)
    number = call.inner(call.holder("until"), state)
    if outputs is None:
        raise NotConstant
    if not _may_match(outputs, state):
        message = f"has a step that returns {written(outputs[0])} for a state of shape "
        help_ = "make the step return the shape of its state"
        raise Misfit(f"{message}{written(state)}", help_)
    if number is not None and any(size not in (1, None) for size in number[0][1:]):
        message = f"has an `until` that returns {written(number[0])}"
        help_ = f"return one number per example, as `{examples.LAST_LAYER}` does"
        raise Misfit(message, help_)
    return (state,)


def _may_match(outputs: tuple[Shape, ...], wanted: Shape) -> bool:
    """Return whether the output of a call may have a shape; several outputs may."""
    if len(outputs) != 1 or len(outputs[0]) != len(wanted):
        return len(outputs) != 1
    return not any(map(differ, outputs[0], wanted))


EXTENSION_RULES: dict[str, Rule] = {"recurse": _recurse, "loop": _loop}
"""The rules for layers that are part of the generated code."""
