"""The outputs of a model, each with its loss and its metrics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scaffold.catalogue import KerasCallable, Registry
from scaffold.catalogue.facts import losses as facts
from scaffold.checks.inferred import Inferred
from scaffold.checks.output_ends import OutputEnd, end_of
from scaffold.diagnostics import Span
from scaffold.ir.fold import ArithmeticFailure, NotConstant, fold
from scaffold.ir.types import Bound, Collection, Constant, Dictionary, Object, Value


class LossOrMetric(NamedTuple):
    """A loss or a metric.

    Attributes:
        name: The name of its Keras class, `""` if it is unknown.
        of_logits: Whether it has `from_logits=True`, `None` if that is unknown.
        span: Where it is.
        text: Its name in the spec.
        value: Its call, if it is written as a call.
    """

    name: str
    of_logits: bool | None
    span: Span
    text: str
    value: Object | None = None


class OutputLoss(NamedTuple):
    """An output, with its loss and its metrics.

    Attributes:
        number: The number of the output, from 0.
        key: Its name, `""` for an output without a name.
        end: The layer that computes it, `None` if that is unknown.
        loss: Its loss, `None` for an output without a loss.
        metrics: Its metrics.
    """

    number: int
    key: str
    end: OutputEnd | None
    loss: LossOrMetric | None
    metrics: tuple[LossOrMetric, ...]


def pairs(inferred: Inferred) -> Iterator[OutputLoss]:
    """Return the outputs of a model with `compile`, with their losses and metrics."""
    model = inferred.model
    if model.compile is None:
        return
    outputs = model.graph.outputs
    count = len(outputs.tensors)
    keys = outputs.keys or ("",) * count
    for number, (tensor, key) in enumerate(zip(outputs.tensors, keys, strict=True)):
        loss = _part(argument(inferred, "loss"), number, key, count)
        metrics = _part(argument(inferred, "metrics"), number, key, count, listed=True)
        end = end_of(tensor, inferred)
        yield OutputLoss(
            number,
            key,
            end,
            None if loss is None else _chosen(_resolved(loss, "losses", inferred), end),
            tuple(
                _resolved(metric, "metrics", inferred)
                for metric in _items(metrics)
                if not isinstance(metric, Constant) or metric.value is not None
            ),
        )


def _chosen(loss: LossOrMetric, end: OutputEnd | None) -> LossOrMetric:
    """Return the loss that Keras chooses for an output, if it depends on the output."""
    if loss.name in facts.BY_TARGETS and end is not None and end.units == 1:
        return loss._replace(name=facts.BINARY[0])
    return loss


def argument(inferred: Inferred, name: str) -> Value | None:
    """Return the value of an argument of `compile`, `None` if it is not set."""
    bound = bound_of(inferred, name)
    if bound is None:
        return None
    if isinstance(bound.value, Constant) and bound.value.value is None:
        return None
    return bound.value


def bound_of(inferred: Inferred, name: str) -> Bound | None:
    """Return an argument of `compile`."""
    compiled = inferred.model.compile
    arguments = compiled.arguments if compiled is not None else ()
    return next((bound for bound in arguments if bound.name == name), None)


def _part(
    value: Value | None, number: int, key: str, count: int, *, listed: bool = False
) -> Value | None:
    """Return the part of a value that is for one output."""
    if isinstance(value, Dictionary):
        for name, item in value.pairs:
            if key and isinstance(name, Constant) and name.value == key:
                return item
        return None
    if not isinstance(value, Collection) or (listed and count == 1):
        return value
    return value.items[number] if number < len(value.items) else None


def _items(value: Value | None) -> tuple[Value, ...]:
    if value is None:
        return ()
    return value.items if isinstance(value, Collection) else (value,)


def _resolved(value: Value, registry: Registry, inferred: Inferred) -> LossOrMetric:
    if isinstance(value, Object):
        target = value.target
        name = target.name if isinstance(target, KerasCallable) else ""
        of_logits = _of_logits(value, inferred)
        return LossOrMetric(name, of_logits, value.name_span, value.name, value)
    try:
        text = str(fold(value, inferred.defaults))
    except (NotConstant, ArithmeticFailure):
        return LossOrMetric("", None, value.span, "")
    known = inferred.catalogue.find_string(registry, text)
    if text in facts.BY_LOSS or known is None:
        return LossOrMetric(text, False, value.span, text)
    return LossOrMetric(known.name, False, value.span, text)


def _of_logits(loss: Object, inferred: Inferred) -> bool | None:
    flags = [bound for bound in loss.arguments if bound.name == "from_logits"]
    if not flags:
        # An unknown argument may be a misspelled `from_logits`.
        is_known = all(argument.argument is not None for argument in loss.arguments)
        return False if is_known else None
    try:
        return bool(fold(flags[0].value, inferred.defaults))
    except (NotConstant, ArithmeticFailure):
        return None
