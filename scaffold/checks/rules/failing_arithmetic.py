"""KS213: an expression that cannot be evaluated with the params' defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic, Span
from scaffold.ir.fold import ArithmeticFailure, NotConstant, fold
from scaffold.ir.types import Constant, Dictionary, Operation, ParamRef, Value
from scaffold.ir.walk import within


class KS213(Code):
    """An expression cannot be evaluated.

    What it does:
        Evaluates each expression with the params at their defaults, in a loop for each
        iteration, and reports divisions by zero, sums of strings, and results that are
        too large.

    Why:
        The generated code would fail with its own defaults.

    Example:
        params: {heads: 0}
        inputs: [4]
        layers:
          - Dense(64 // heads)

    Instead:
        params: {heads: 4}
        inputs: [4]
        layers:
          - Dense(64 // heads)
    """

    name = "failing-arithmetic"


@rule(KS213, early=True)
def failing_arithmetic(context: RuleContext) -> Iterator[Diagnostic]:
    """Report expressions that cannot be evaluated with the params' defaults."""
    failed: set[int] = set()
    spans: set[Span] = set()
    # Outer values come first. A failing inner value makes the outer one fail as well,
    # so only the inner one is reported.
    defaults = [
        part for default in context.defaults.values() for part in within(default)
    ]
    for value in reversed([*defaults, *context.values]):
        failure = _failure(value, context.defaults_at(value))
        if failure and not _is_reported(value, context):
            if failed.isdisjoint(id(part) for part in within(value)):
                spans.add(value.span)
                message = f"this cannot be evaluated: {failure}"
                yield Diagnostic("KS213", message, value.span, _help(value, context))
            failed.add(id(value))
    for node, loop in context.loops:
        for value in within(node.layer):
            for iteration in context.iterations.of(value, loop):
                failure = _failure(iteration, context.defaults_at(value))
                if failure and iteration.span not in spans:
                    spans.add(iteration.span)
                    message = "the iteration with this value cannot be evaluated: "
                    help_ = "change the value, or leave it out"
                    yield Diagnostic("KS213", message + failure, iteration.span, help_)


def _is_reported(value: Value, context: RuleContext) -> bool:
    """Return whether another rule reports the default of a param in a value."""
    names = {part.name for part in within(value) if isinstance(part, ParamRef)}
    return bool(names) and any(
        judged.verdict.result != "fits"
        and isinstance(judged.verdict.value, ParamRef)
        and judged.verdict.value.name in names
        for judged in context.judged
    )


def _failure(value: Value, defaults: Mapping[str, Value]) -> str:
    """Return why a value cannot be evaluated; `""` if it can, or if that is unknown."""
    if isinstance(value, (Operation, Dictionary)):
        try:
            fold(value, defaults)
        except NotConstant:
            return ""
        except ArithmeticFailure as failure:
            return str(failure) or "it fails"
    return ""


def _help(value: Value, context: RuleContext) -> str:
    """Name the defaults of the params in a value."""
    used = {part.name: None for part in within(value) if isinstance(part, ParamRef)}
    listed = []
    for name in used:
        default = context.defaults.get(name)
        if isinstance(default, Constant):
            listed.append(f"`{name}` is {default.value!r}"[:40])
    if listed:
        return f"by default {' and '.join(listed)}"
    return "change one of its numbers, or write its result"
