"""KS212: a base class, or a layer that is made of Python code."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.checks.scope import Scope, is_usable
from scaffold.diagnostics import Diagnostic


def unusable_callable(scope: Scope) -> Iterator[Diagnostic]:
    """Reports base classes, and layers that take Python code."""
    for one in scope.objects:
        target = one.target
        if not isinstance(target, KerasCallable) or is_usable(target):
            continue
        if target.abstract:
            message = f"`{one.name}` is a base class: by itself it does nothing"
            help_ = "name one of its subclasses, or one of your own under `imports`"
        else:
            message = f"`{one.name}` takes Python code, which a spec cannot hold"
            help_ = "write a layer of your own, and name it under `imports`"
        yield Diagnostic("KS212", message, one.name_span, help_)
