"""What the language has and Keras has not."""

from __future__ import annotations

from scaffold.ir.fold import Unknown
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.types import Call, Gave, ranked


def _recurse(call: Call) -> Gave:
    nodes = call.tensor("nodes", 0)
    batch, _, features = ranked(nodes, 3)
    _, _, arity = ranked(call.tensor("children", 1), 3)
    children = (batch, arity, features)
    call.inner(call.holder("cell"), node=(batch, features), children=children)
    return (nodes,)


def _loop(call: Call) -> Gave:
    state = call.shape
    for name in ("step", "until"):
        if call.inner(call.holder(name), state) is None and name == "step":
            raise Unknown
    return (state,)


BEYOND: dict[str, Rule] = {"recurse": _recurse, "loop": _loop}
"""The rules for layers that generated code brings along."""
