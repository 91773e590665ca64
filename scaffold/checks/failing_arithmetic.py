"""KS213: arithmetic that has no result with the params' defaults."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import Constant, Dictionary, Operation, ParamRef, Value
from scaffold.ir.walk import within


def failing_arithmetic(scope: Scope) -> Iterator[Diagnostic]:
    """Reports arithmetic that has no result with the params' defaults."""
    failed: set[int] = set()
    # Outer values come first; what fails inside fails outside, so the inner one counts.
    defaults = [one for default in scope.defaults.values() for one in within(default)]
    for value in reversed([*defaults, *scope.values]):
        if not isinstance(value, (Operation, Dictionary)):
            continue
        try:
            fold(value, scope.defaults)
        except Unknown:
            continue
        except Impossible as failure:
            if failed.isdisjoint(id(one) for one in within(value)):
                message = f"this cannot be worked out: {failure}"
                yield Diagnostic("KS213", message, value.span, _help(value, scope))
            failed.add(id(value))
    yield from _in_loops(scope)


def _in_loops(scope: Scope) -> Iterator[Diagnostic]:
    """Reports the rows of loops with which arithmetic has no result."""
    for node, loop in scope.loops:
        seen: set[Span] = set()
        for value in within(node.layer):
            if not isinstance(value, (Operation, Dictionary)):
                continue
            for turn in scope.turns.of(value, loop):
                try:
                    fold(turn, scope.defaults)
                except Unknown:
                    continue
                except Impossible as failure:
                    if turn.span not in seen:
                        seen.add(turn.span)
                        message = f"with this, a sum in the loop fails: {failure}"
                        yield Diagnostic("KS213", message, turn.span, "")


def _help(value: Value, scope: Scope) -> str:
    """Says what the params in it count as."""
    used = {one.name: None for one in within(value) if isinstance(one, ParamRef)}
    listed = []
    for name in used:
        default = scope.defaults.get(name)
        if isinstance(default, Constant):
            listed.append(f"`{name}` is {default.value!r}"[:40])
    return f"by default {' and '.join(listed)}" if listed else ""
