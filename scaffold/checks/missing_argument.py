"""KS203."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import Argument, KerasCallable
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic


def missing_argument(scope: Scope) -> Iterator[Diagnostic]:
    """Reports arguments that a callable needs and was not given."""
    for one in scope.objects:
        if not isinstance(one.target, KerasCallable):
            continue
        given = {bound.name for bound in one.arguments}
        missing = [
            argument
            for argument in one.target.arguments
            if argument.required and argument.name not in given
        ]
        if missing:
            names = " and ".join(f"`{argument.name}`" for argument in missing)
            yield Diagnostic(
                "KS203",
                f"`{one.target.name}` needs {names}",
                one.name_span,
                f"write `{one.name}({', '.join(map(_shown, missing))})`",
            )


def _shown(argument: Argument) -> str:
    if "integer" in argument.kinds:
        return f"{argument.name}=8"
    if "float" in argument.kinds:
        return f"{argument.name}=0.5"
    return f"{argument.name}=..."
