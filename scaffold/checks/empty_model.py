"""KS302: a model or a block without layers."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic


def empty_model(scope: Scope) -> Iterator[Diagnostic]:
    """Reports a model, or a block, without layers."""
    if not scope.graph.nodes and scope.model.is_whole:
        help_ = "add at least one: `- Dense(1)`"
        what = f"the block `{scope.graph.name}`" if scope.is_block else "the model"
        span = scope.graph.nodes_span
        yield Diagnostic("KS302", f"{what} has no layers", span, help_)
