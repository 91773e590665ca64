"""Faults in `recurse` and `loop`."""

from __future__ import annotations

from tests.verify.planted.types import Edit, Fault


def _of_a_class(name: str, code: str, place: str, edit: Edit) -> Fault:
    """Return a fault for one style only."""
    return Fault(name, "beyond", code, place, subclass=edit)


BEYOND = (
    _of_a_class(
        "a state where there is no child",
        "KS706",
        "- states =",
        ("ops.where(child_ids >= 0, child_states, 0)", "child_states"),
    ),
    _of_a_class(
        "children in another order",
        "KS706",
        "- states =",
        (
            "ops.concatenate(packed, axis=-1)",
            "ops.concatenate(packed, axis=-1)[:, ::-1]",
        ),
    ),
    _of_a_class(
        "a state in the place of another",
        "KS706",
        "- states =",
        ("[[index]]", "[[index // 2]]"),
    ),
    _of_a_class(
        "nodes for states",
        "KS706",
        "- states =",
        (
            "return ops.transpose(states, (1, 0, 2))",
            "return ops.transpose(ops.zeros_like(states), (1, 0, 2))",
        ),
    ),
    _of_a_class(
        "a step too few",
        "KS706",
        "- state =",
        ("range(self.max_steps)", "range(self.max_steps - 1)"),
    ),
    _of_a_class(
        "stops too soon", "KS706", "- state =", ("number <= 0.5", "number <= 0.1")
    ),
    _of_a_class(
        "stops all examples with the first",
        "KS706",
        "- state =",
        (
            "ops.logical_and(active, number <= 0.5)",
            "ops.logical_and(active, ops.all(number <= 0.5))",
        ),
    ),
    _of_a_class(
        "no gradient through the cell",
        "KS708",
        "- inner =",
        (
            "ops.scatter_update(states, [[index]], state[None]",
            "ops.scatter_update(states, [[index]], ops.stop_gradient(state)[None]",
        ),
    ),
    _of_a_class(
        "forgets how many steps",
        "KS711",
        ">class Loop",
        ('"max_steps": self.max_steps', '"max_steps": 1'),
    ),
    _of_a_class(
        "a cell that is not saved",
        "KS711",
        ">class Recurse",
        (
            'return {**super().get_config(), "cell": cell}',
            "return super().get_config()",
        ),
    ),
)
