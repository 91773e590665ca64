"""KS401."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic
from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import Collection, Input, Value


def input_shape(scope: Scope) -> Iterator[Diagnostic]:
    """Reports sizes that an axis cannot have."""
    for given in scope.model.inputs:
        if given.shape is not None:
            yield from _shape(given, given.shape, scope)


def _shape(given: Input, shape: Value, scope: Scope) -> Iterator[Diagnostic]:
    help_ = "a shape is a list of sizes without the batch axis: [28, 28, 1]"
    if not isinstance(shape, Collection):
        message = f"the shape of `{given.name}` is not a list"
        yield Diagnostic("KS401", message, shape.span, help_)
        return
    for axis in shape.items:
        try:
            size = fold(axis, scope.defaults)
        except (Unknown, Impossible):
            continue
        if size is None:
            continue
        if isinstance(size, str):
            message = f"the size {size[:40]!r} is a string"
            help_ = f"for a param write `${size}`" if size.isidentifier() else help_
            yield Diagnostic("KS401", message, axis.span, help_)
        elif not isinstance(size, int) or isinstance(size, bool) or size < 1:
            message = f"an axis cannot have the size {str(size)[:40]}"
            help_ = "a size is a whole number from 1, or `null` for any"
            yield Diagnostic("KS401", message, axis.span, help_)
