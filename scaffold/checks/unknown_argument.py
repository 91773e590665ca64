"""KS202."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic, suggest
from scaffold.ir.types import Bound


def unknown_argument(scope: Scope) -> Iterator[Diagnostic]:
    """Reports keywords that a callable does not take."""
    for one in scope.objects:
        if isinstance(one.target, KerasCallable):
            yield from _unknown(one.arguments, one.target)
    options = scope.catalogue.find("methods", "Input")
    for given in scope.model.inputs:
        if options is not None:
            yield from _unknown(given.options, options)


def _unknown(given: tuple[Bound, ...], target: KerasCallable) -> Iterator[Diagnostic]:
    known = [argument.name for argument in target.arguments]
    for bound in given:
        if bound.name and bound.argument is None:
            near = suggest(bound.name, known)
            listed = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
            help_ = f"did you mean `{near[0]}`?" if near else f"it takes: {listed}"
            message = f"`{target.name}` has no argument `{bound.name}`"
            yield Diagnostic("KS202", message, bound.span, help_)
