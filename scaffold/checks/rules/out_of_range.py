"""KS215: a number that is too small or too large for Keras."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.catalogue.facts import ranges
from scaffold.checks.argument_match import ArgumentValue
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic, Span
from scaffold.spec.limits import MOST_ENTRIES


class KS215(Code):
    """A number is too small or too large.

    What it does:
        Reports counts and sizes below 1 (`units`, `filters`, `strides`, `epochs`),
        fractions outside 0 to 1 (`rate`, `validation_split`), and repeats with a
        negative count or more than 10,000 iterations.

    Why:
        Keras refuses them. Only arguments that have the same bounds in every Keras
        layer are checked.

    Example:
        inputs: [4]
        layers:
          - Dropout(50)

    Instead:
        inputs: [4]
        layers:
          - Dropout(0.5)
    """

    name = "out-of-range"


@rule(KS215)
def out_of_range(context: RuleContext) -> Iterator[Diagnostic]:
    """Report numbers that are too small or too large."""
    yield from _loops(context)
    seen: set[Span] = set()
    for judged in context.judged:
        if judged.verdict.result != "fits" or judged.verdict.value.span in seen:
            continue
        least, most = bounds(judged.target, judged.argument.name)
        if least is None:
            continue
        for number in _numbers(judged.verdict.data):
            # Written with `not` so that NaN does not pass.
            if not number >= least or (most is not None and not number <= most):
                seen.add(judged.verdict.value.span)
                finding = _finding(judged, number, least, most)
                yield finding._replace(span=context.span_of(judged.verdict.value))
                break


def _loops(context: RuleContext) -> Iterator[Diagnostic]:
    for _, loop in context.loops:
        if len(loop.iterations) > MOST_ENTRIES:
            message = f"a loop must have at most {MOST_ENTRIES:,} iterations, "
            message += f"not {len(loop.iterations):,}"
            help_ = f"write {MOST_ENTRIES:,} values or fewer"
            yield Diagnostic("KS215", message, loop.span, help_)


def bounds(target: KerasCallable | None, name: str) -> tuple[int | None, int | None]:
    """Return the minimum and the maximum of an argument.

    Args:
        target: The callable that has the argument; `None` for the count of a repeat.
        name: The argument's name.

    Returns:
        Both, `None` for no bound. An argument without a minimum has no maximum.
    """
    if target is None:
        return 0, MOST_ENTRIES
    counts, sizes, shares = ranges.METHOD_COUNTS, frozenset[str](), ranges.METHOD_SHARES
    if target.registry == "layers":
        counts, sizes, shares = ranges.COUNTS, ranges.SIZES, ranges.SHARES
    elif target.registry == "extensions":
        return 1, MOST_ENTRIES
    elif target.registry != "methods":
        return None, None
    if name == "groups" and target.name == facts.GROUPED:
        # -1 stands for one group per channel.
        return -1, None
    if name in shares:
        return 0, 1
    return (1 if name in counts else 0 if name in sizes else None), None


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, list):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield value


def _finding(
    judged: ArgumentValue, number: float, least: int, most: int | None
) -> Diagnostic:
    limit = f"at least {least}" if most is None else f"between {least} and {most:,}"
    message = f"{judged.shown} must be {limit}, not {number}"
    help_ = f"write {least} or more"
    if most == MOST_ENTRIES:
        help_ = f"write {most:,} or less"
        if number < least:
            help_ = f"write {max(least, 1)} or more"
    elif most is not None:
        help_ = f"write {number / 100:g}" if 5 <= number <= 100 else "write 0.5"
    return Diagnostic("KS215", message, judged.verdict.value.span, help_)
