"""What the language has and Keras has not."""

from __future__ import annotations

from scaffold.catalogue.facts import examples
from scaffold.ir.fold import NotConstant
from scaffold.shapes.arithmetic import differ
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.types import CallShapes, Gave, Misfit, Shape, ranked, written


def _recurse(call: CallShapes) -> Gave:
    nodes = call.tensor("nodes", 0)
    batch, _, features = ranked(nodes, 3)
    _, _, arity = ranked(call.tensor("children", 1), 3, place=1)
    node, children = (batch, features), (batch, arity, features)
    gave = call.inner(call.holder("cell"), node=node, children=children)
    if gave is not None and not _alike(gave, node):
        says = f"has a cell that gives {written(gave[0])} for a node of {written(node)}"
        raise Misfit(says, f"let the cell end with {features} features")
    return (nodes,)


def _loop(call: CallShapes) -> Gave:
    state = call.shape
    gave = call.inner(call.holder("step"), state)
    number = call.inner(call.holder("until"), state)
    if gave is None:
        raise NotConstant
    if not _alike(gave, state):
        says = f"has a step that makes {written(gave[0])} of {written(state)}"
        raise Misfit(says, "a state keeps its shape: let the step end with the same")
    if number is not None and any(size not in (1, None) for size in number[0][1:]):
        says = f"has an `until` that gives {written(number[0])}"
        raise Misfit(
            says,
            f"it gives one number for each example, as `{examples.LAST_LAYER}` does",
        )
    return (state,)


def _alike(gave: tuple[Shape, ...], wanted: Shape) -> bool:
    """Return whether a call may have given one tensor of a shape."""
    if len(gave) != 1 or len(gave[0]) != len(wanted):
        return len(gave) != 1
    return not any(map(differ, gave[0], wanted))


BEYOND: dict[str, Rule] = {"recurse": _recurse, "loop": _loop}
"""The rules for layers that generated code brings along."""
