"""KS202: a keyword that a callable does not take."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.checks.keywords import NEEDLESS, meant
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Graph

_MOST = 12


def unknown_argument(scope: Scope) -> Iterator[Diagnostic]:
    """Reports keywords that a callable does not take."""
    for target, given in scope.calls:
        for bound in given:
            if bound.name and bound.argument is None:
                message = f"`{target.name}` has no argument `{bound.name}`"
                named = {one.name for one in given}
                help_ = _help(bound.name, target, named)
                yield Diagnostic("KS202", message, bound.span, help_)


def _help(keyword: str, target: KerasCallable | Graph, given: set[str]) -> str:
    if near := meant(keyword, target):
        return f"did you mean `{near}`?"
    is_layer = isinstance(target, KerasCallable) and target.registry == "layers"
    if keyword in NEEDLESS and is_layer:
        return "leave it out: a layer learns the shape from what it is called on"
    known = [argument.name for argument in target.arguments]
    needed = [argument.name for argument in target.arguments if argument.required]
    if needed and not given & set(needed):
        return f"it needs {' and '.join(f'`{one}`' for one in needed)}"
    if not known:
        return "leave it out: it takes no arguments"
    return f"it takes {', '.join(known[:_MOST])}" + ", ..." * (len(known) > _MOST)
