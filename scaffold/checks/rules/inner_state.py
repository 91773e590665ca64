"""KS310: a layer that cannot run inside of `recurse` or `loop`."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic, Span
from scaffold.ir.extensions import is_extension
from scaffold.ir.types import Constant, Object
from scaffold.ir.walk import within


class KS310(Code):
    """A layer cannot run inside of `recurse` or `loop`.

    What it does:
        Reports layers in the blocks of `recurse` and `loop` that draw random numbers,
        keep averages or add to the loss: `Dropout`, noise, `BatchNormalization`, an
        `LSTM` with `dropout`, anything with an `activity_regularizer`.

    Why:
        Each call changes state, and the number of calls depends on the data. Neither
        JAX nor a TensorFlow graph carries such changes out of a loop (Keras 3.15.1:
        `UnexpectedTracerError`, `InaccessibleTensorError`), and averages over the nodes
        of padded trees would be useless. Regularizers of weights (`kernel_regularizer`)
        do not depend on calls, and are allowed.

    Example:
        inputs: [4]
        blocks:
          Step:
            layers: ["Dense(4)", "Dropout(0.2)"]
          Halt:
            layers: ["Dense(1, activation='sigmoid')"]
        layers:
          - loop(Step(), until=Halt(), max_steps=8)

    Instead:
        inputs: [4]
        blocks:
          Step:
            layers: [Dense(4)]
          Halt:
            layers: ["Dense(1, activation='sigmoid')"]
        layers:
          - Dropout(0.2)
          - loop(Step(), until=Halt(), max_steps=8)
    """

    name = "inner-state"


_ELSEWHERE = "put it before or after the `recurse` or `loop`"


@rule(KS310)
def inner_state(context: RuleContext) -> Iterator[Diagnostic]:
    """Report layers inside a loop over data whose calls change state."""
    is_in_extension = context.graph.origin in context.blocks_of_extensions
    for value in context.values:
        if not isinstance(value, Object):
            continue
        if is_in_extension:
            yield from _fault(value)
        elif is_extension(value):
            for bound in value.arguments:
                for part in within(bound.value):
                    if isinstance(part, Object):
                        yield from _fault(part)


def _fault(layer: Object) -> Iterator[Diagnostic]:
    target = layer.target
    if not isinstance(target, KerasCallable):
        return
    for bound in layer.arguments:
        is_none = isinstance(bound.value, Constant) and bound.value.value is None
        if bound.name == "activity_regularizer" and not is_none:
            help_ = "leave it out, or move it to a layer outside the loop"
            yield _finding(layer, "adds to the loss", bound.span, help_)
        elif "dropout" in bound.name and target.name in facts.WITH_DROPOUT:
            yield _finding(layer, "draws random numbers", bound.span, _ELSEWHERE)
    if target.name in facts.ADD_TO_LOSS:
        yield _finding(layer, "adds to the loss", layer.name_span, _ELSEWHERE)
    elif target.training == "differs" and target.name not in facts.WITH_DROPOUT:
        what = "draws random numbers or keeps averages"
        yield _finding(layer, what, layer.name_span, _ELSEWHERE)


def _finding(layer: Object, what: str, span: Span, help_: str) -> Diagnostic:
    message = f"`{layer.name}` {what} in every call: a loop over data loses this state"
    return Diagnostic("KS310", message, span, help_)
