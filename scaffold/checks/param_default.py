"""KS216: a param's default that no signature should hold."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir.types import Dictionary, Object, Value
from scaffold.ir.walk import within


def param_default(scope: Scope) -> Iterator[Diagnostic]:
    """Reports defaults that are made anew for each call, or shared by all."""
    for param in scope.graph.params:
        if param.default:
            yield from default_faults(param.name, param.default, param.span)


def default_faults(name: str, default: Value, span: Span) -> Iterator[Diagnostic]:
    """Reports a default that is a mapping or an object, or holds one."""
    for value in within(default):
        if isinstance(value, (Dictionary, Object)):
            what = f"`{value.name}`" if isinstance(value, Object) else "a mapping"
            message = f"the default of `{name}` cannot be {what}"
            help_ = "a default is a number, a string, a boolean, nothing, or a list"
            yield Diagnostic("KS216", message, span, help_)
            break
