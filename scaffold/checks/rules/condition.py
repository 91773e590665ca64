"""KS204, KS217: a condition that does not depend on a param."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue.facts import examples
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.checks.wording import shown
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.fold import ArithmeticFailure, NotConstant, fold
from scaffold.ir.types import (
    Choice,
    Collection,
    Constant,
    Dictionary,
    Object,
    ParamRef,
)
from scaffold.ir.walk import within

_COMPARE = f"compare a param: `{examples.LAYER} if depth > 2 else {examples.NOTHING}`"


class KS217(Code):
    """A condition is always the same.

    What it does:
        Warns about a condition that contains no param.

    Why:
        One of the two layers is never created. Usually a param was meant, or the
        condition is left over from an experiment.

    Example:
        inputs: [4]
        layers:
          - Dense(8) if 2 > 1 else Dense(4)

    Instead:
        params: {depth: 2}
        inputs: [4]
        layers:
          - Dense(8) if depth > 1 else Dense(4)
    """

    name = "constant-condition"


@rule(KS217, "KS204")
def condition(context: RuleContext) -> Iterator[Diagnostic]:
    """Report conditions that contain objects, and conditions that never change."""
    for node in context.graph.nodes:
        if node.choice is not None and node.reused is None:
            yield from _of(node.choice, context)


def _of(choice: Choice, context: RuleContext) -> Iterator[Diagnostic]:
    values = [*within(choice.condition)]
    for value in values:
        if isinstance(value, Object):
            message = (
                f"a condition can contain only params and numbers, not {shown(value)}"
            )
            help_ = _COMPARE
            yield Diagnostic("KS204", message, value.name_span, help_)
            return
    if isinstance(choice.condition, (Collection, Dictionary)):
        what = "a list" if isinstance(choice.condition, Collection) else "a mapping"
        message = f"a condition can contain only params and numbers, not {what}"
        help_ = _COMPARE
        yield Diagnostic("KS204", message, choice.span, help_)
        return
    if any(isinstance(value, ParamRef) for value in values):
        return
    try:
        holds = bool(fold(choice.condition, context.defaults))
    except (NotConstant, ArithmeticFailure):
        return
    message = f"this condition is always {str(holds).lower()}: it contains no param"
    help_ = _help(choice, holds, context)
    yield Diagnostic("KS217", message, choice.span, help_, "warning")


def _help(choice: Choice, holds: bool, context: RuleContext) -> str:
    value = choice.condition
    if isinstance(value, Constant) and value.value in context.defaults:
        return (
            f"for the param write `{value.value}` without quotes, or `${value.value}`"
        )
    return f"write only the {'first' if holds else 'second'} layer"
