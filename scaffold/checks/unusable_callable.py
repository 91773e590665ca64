"""KS212."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic


def unusable_callable(scope: Scope) -> Iterator[Diagnostic]:
    """Reports base classes, which are of no use by themselves."""
    for one in scope.objects:
        if isinstance(one.target, KerasCallable) and one.target.abstract:
            yield Diagnostic(
                "KS212",
                f"`{one.name}` is a base class: by itself it does nothing",
                one.name_span,
                "name one of its subclasses, or one of your own under `imports`",
            )
