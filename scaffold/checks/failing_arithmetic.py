"""KS213."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import Dictionary, Operation
from scaffold.ir.walk import values


def failing_arithmetic(scope: Scope) -> Iterator[Diagnostic]:
    """Reports arithmetic that has no result with the params' defaults."""
    reported: set[object] = set()
    for value in values(scope.model):
        if not isinstance(value, (Operation, Dictionary)) or value.span in reported:
            continue
        try:
            fold(value, scope.defaults)
        except Unknown:
            continue
        except Impossible as failure:
            # What fails inside fails outside as well: once is enough.
            if isinstance(value, Operation):
                reported.update(one.span for one in value.operands)
            message = f"this cannot be worked out: {failure}"
            yield Diagnostic("KS213", message, value.span)
