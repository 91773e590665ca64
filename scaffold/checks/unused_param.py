"""KS210: a param that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import ParamRef


def unused_param(scope: Scope) -> Iterator[Diagnostic]:
    """Reports params that nothing uses."""
    if not scope.model.is_whole:
        # What could not be read may have used them.
        return
    used = {one.name for one in scope.values if isinstance(one, ParamRef)}
    for param in scope.graph.params:
        if param.name not in used:
            message = f"nothing uses the param `{param.name}`"
            help_ = f"remove it, or use it: `Dense({param.name})`, `${param.name}`"
            yield Diagnostic("KS210", message, param.span, help_)
