"""KS209."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic, suggest
from scaffold.ir.types import ParamRef
from scaffold.ir.walk import values, within


def unknown_param(scope: Scope) -> Iterator[Diagnostic]:
    """Reports bare names that are no param."""
    known = list(scope.defaults)
    for value in values(scope.model):
        if isinstance(value, ParamRef) and not value.is_known:
            yield Diagnostic(
                "KS209",
                f"there is no param `{value.name}`",
                value.span,
                _help(value.name, known, scope),
            )
    for param in scope.model.params:
        for value in within(param.default):
            if isinstance(value, ParamRef):
                message = f"the default of `{param.name}` uses `{value.name}`"
                help_ = "a default is a plain value: params do not see one another"
                yield Diagnostic("KS209", message, value.span, help_)


def _help(name: str, known: list[str], scope: Scope) -> str:
    if near := suggest(name, known):
        return f"did you mean `{near[0]}`?"
    if name[:1].isupper() and scope.catalogue.find("layers", name):
        return f"a layer inside of another has parentheses: `{name}()`"
    return f'declare it (`params: {{{name}: 8}}`), or write the string as "{name}"'
