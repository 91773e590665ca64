"""Recurrent layers, and wrappers that run along the time axis."""

from __future__ import annotations

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers
from scaffold.ir.fold import NotConstant, fold
from scaffold.shapes.rules.types import NumberedRule, Rule
from scaffold.shapes.types import (
    OPEN_RANK,
    CallShapes,
    Misfit,
    OutputShapes,
    checked,
    ranked,
    written,
)


def _recurrent(states: int, call: CallShapes) -> OutputShapes:
    first, time, _ = ranked(call.shape, 3)
    units = call.whole("units")
    for state in call.states:
        if len(state) != 2 or state[1] not in (None, units):
            message = f"has {units} units, but an initial state of shape "
            help_ = ""
            if len(state) == 2:
                help_ = f"set `units` to {state[1]}, or use a state of size {units}"
            raise Misfit(f"{message}{written(state)}", help_)
    whole = (first, time, units) if call.of("return_sequences") else (first, units)
    if call.of("return_state"):
        return (whole, *((first, units),) * states)
    return (whole,)


def _of_cell(call: CallShapes) -> OutputShapes:
    """Return the output shape of a Keras cell, at the last step or at each step."""
    cell = call.holder("cell")
    target = cell.target
    if not isinstance(target, KerasCallable) or target.name not in layers.CELLS:
        raise NotConstant
    first, time, features = ranked(call.shape, 3)
    if features is None:
        message = f"has weights for axis 2 of {written(call.shape)}, whose size is "
        raise Misfit(f"{message}not known", shape=call.shape)
    arguments = {bound.name: bound.value for bound in cell.arguments}
    units = checked(fold(arguments["units"], call.scope))
    if call.of("return_state"):
        raise NotConstant
    return ((first, time, units) if call.of("return_sequences") else (first, units),)


def _bidirectional(call: CallShapes) -> OutputShapes:
    """Return the merged output shapes of a layer run forwards and backwards."""
    outputs = call.inner(call.holder("layer"), call.shape)
    if outputs is None or "backward_layer" in call.arguments or len(call.shape) != 3:
        raise NotConstant
    whole, *states = outputs
    mode = call.of("merge_mode")
    if mode == "concat":
        *others, last = whole
        if last is None:
            raise NotConstant
        return ((*others, 2 * last), *states, *states)
    if mode is None:
        return (whole, whole, *states, *states)
    return (whole, *states, *states)


def _each_step(call: CallShapes) -> OutputShapes:
    first, time, *sizes = ranked(call.shape, *range(3, OPEN_RANK + 1))
    outputs = call.inner(call.holder("layer"), (first, *sizes))
    if outputs is None or len(outputs) != 1:
        raise NotConstant
    batch, *others = outputs[0]
    return ((batch, time, *others),)


RECURRENT: dict[str, NumberedRule] = {"recurrent": _recurrent}
"""The rules for recurrent layers, by how many states they have."""

WRAPPERS: dict[str, Rule] = {
    "cell": _of_cell,
    "bidirectional": _bidirectional,
    "time_distributed": _each_step,
}
"""The rules for wrappers that run a cell or a layer along the time axis."""
