"""Recurrent layers, and wrappers that go along an axis of time."""

from __future__ import annotations

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers
from scaffold.ir.fold import NotConstant, fold
from scaffold.shapes.rules.types import NumberedRule, Rule
from scaffold.shapes.types import (
    OPEN_RANK,
    CallShapes,
    Gave,
    Misfit,
    checked,
    ranked,
    written,
)


def _recurrent(states: int, call: CallShapes) -> Gave:
    first, time, _ = ranked(call.shape, 3)
    units = call.whole("units")
    for state in call.states:
        if len(state) != 2 or state[1] not in (None, units):
            says = f"has {units} units, and begins with a state of {written(state)}"
            cure = (
                "none"
                if len(state) != 2
                else f"{state[1]} units, or a state of {units}"
            )
            raise Misfit(says, "" if cure == "none" else f"give it {cure}")
    whole = (first, time, units) if call.of("return_sequences") else (first, units)
    if call.of("return_state"):
        return (whole, *((first, units),) * states)
    return (whole,)


def _of_cell(call: CallShapes) -> Gave:
    """Return what a cell of Keras's own gives at the end, or at each step."""
    cell = call.holder("cell")
    target = cell.target
    if not isinstance(target, KerasCallable) or target.name not in layers.CELLS:
        raise NotConstant
    first, time, features = ranked(call.shape, 3)
    if features is None:
        says = (
            f"has weights for axis 2 of {written(call.shape)}, whose size is not known"
        )
        raise Misfit(says, shape=call.shape)
    arguments = {bound.name: bound.value for bound in cell.arguments}
    units = checked(fold(arguments["units"], call.scope))
    if call.of("return_state"):
        raise NotConstant
    return ((first, time, units) if call.of("return_sequences") else (first, units),)


def _both_ways(call: CallShapes) -> Gave:
    """Return what a layer gives forwards and backwards, put together."""
    gave = call.inner(call.holder("layer"), call.shape)
    if gave is None or "backward_layer" in call.arguments or len(call.shape) != 3:
        raise NotConstant
    whole, *states = gave
    mode = call.of("merge_mode")
    if mode == "concat":
        *others, last = whole
        if last is None:
            raise NotConstant
        return ((*others, 2 * last), *states, *states)
    if mode is None:
        return (whole, whole, *states, *states)
    return (whole, *states, *states)


def _each_step(call: CallShapes) -> Gave:
    first, time, *sizes = ranked(call.shape, *range(3, OPEN_RANK + 1))
    gave = call.inner(call.holder("layer"), (first, *sizes))
    if gave is None or len(gave) != 1:
        raise NotConstant
    batch, *others = gave[0]
    return ((batch, time, *others),)


RECURRENT: dict[str, NumberedRule] = {"recurrent": _recurrent}
"""The rules for recurrent layers, by how many states they have."""

WRAPPERS: dict[str, Rule] = {
    "cell": _of_cell,
    "bidirectional": _both_ways,
    "time_distributed": _each_step,
}
"""The rules for what runs a cell or a layer along an axis of time."""
