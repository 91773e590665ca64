"""KS310: a layer that cannot run inside of `recurse` or `loop`."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.beyond import is_beyond
from scaffold.ir.types import Object
from scaffold.ir.walk import within

_ATTENTION = frozenset(
    ("AdditiveAttention", "Attention", "GroupQueryAttention", "MultiHeadAttention")
)
_RECURRENT = frozenset(
    ("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "GRU", "LSTM", "SimpleRNN")
)


def inner_state(scope: Scope) -> Iterator[Diagnostic]:
    """Reports layers inside of a loop over data that draw numbers or keep averages."""
    is_driven = scope.graph.origin in scope.driven
    for value in scope.values:
        if not isinstance(value, Object):
            continue
        if is_driven:
            yield from _fault(value)
        elif is_beyond(value):
            for bound in value.arguments:
                for one in within(bound.value):
                    if isinstance(one, Object):
                        yield from _fault(one)


def _fault(one: Object) -> Iterator[Diagnostic]:
    target = one.target
    if not isinstance(target, KerasCallable) or target.training != "differs":
        return
    if target.name in _ATTENTION | _RECURRENT:
        given = [bound for bound in one.arguments if "dropout" in bound.name]
        spans = [bound.span for bound in given]
    else:
        spans = [one.name_span]
    for span in spans:
        message = (
            f"`{one.name}` changes something of its own with every call, and inside of "
            "a loop over data no backend but TensorFlow keeps track of that"
        )
        help_ = "put it before the `recurse` or `loop`, or behind it"
        yield Diagnostic("KS310", message, span, help_)
