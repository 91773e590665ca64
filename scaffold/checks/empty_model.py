"""KS302: a model without layers."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic


def empty_model(scope: Scope) -> Iterator[Diagnostic]:
    """Reports a model without layers."""
    if not scope.model.nodes and scope.model.is_whole:
        help_ = "add at least one: `- Dense(1)`"
        span = scope.model.nodes_span
        yield Diagnostic("KS302", "the model has no layers", span, help_)
