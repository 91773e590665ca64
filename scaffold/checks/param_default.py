"""KS216: a param's default that no signature should hold."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Dictionary, Object
from scaffold.ir.walk import within


def param_default(scope: Scope) -> Iterator[Diagnostic]:
    """Reports defaults that are made anew for each call, or shared by all."""
    for param in scope.graph.params:
        for value in within(param.default) if param.default else ():
            if isinstance(value, (Dictionary, Object)):
                what = f"`{value.name}`" if isinstance(value, Object) else "a mapping"
                message = f"the default of `{param.name}` cannot be {what}"
                help_ = "a default is a number, a string, a boolean, nothing, or a list"
                yield Diagnostic("KS216", message, param.span, help_)
                break
