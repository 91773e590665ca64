"""Recurrent layers, and wrappers that go along an axis of time."""

from __future__ import annotations

from functools import partial

from scaffold.ir.fold import Unknown
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.types import Call, Gave, ranked


def _recurrent(states: int, call: Call) -> Gave:
    first, time, _ = ranked(call.shape, 3)
    units = call.whole("units")
    whole = (first, time, units) if call.of("return_sequences") else (first, units)
    if call.of("return_state"):
        return (whole, *((first, units),) * states)
    return (whole,)


def _both_ways(call: Call) -> Gave:
    """Gives what a layer gives forwards and backwards, put together."""
    ranked(call.shape, 3)
    if "backward_layer" in call.given:
        raise Unknown
    gave = call.inner(call.holder("layer"), call.shape)
    if gave is None:
        raise Unknown
    whole, *states = gave
    mode = call.of("merge_mode")
    if mode == "concat":
        *others, last = whole
        if last is None:
            raise Unknown
        return ((*others, 2 * last), *states, *states)
    if mode is None:
        return (whole, whole, *states, *states)
    return (whole, *states, *states)


def _each_step(call: Call) -> Gave:
    first, time, *sizes = call.shape
    gave = call.inner(call.holder("layer"), (first, *sizes))
    if gave is None or len(gave) != 1:
        raise Unknown
    batch, *others = gave[0]
    return ((batch, time, *others),)


RECURRENT: dict[str, Rule] = {
    "GRU": partial(_recurrent, 1),
    "LSTM": partial(_recurrent, 2),
    "SimpleRNN": partial(_recurrent, 1),
    "Bidirectional": _both_ways,
    "TimeDistributed": _each_step,
}
"""The rules for recurrent layers and their wrappers."""
