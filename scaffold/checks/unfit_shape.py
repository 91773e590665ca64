"""KS402, KS403: shapes that do not fit what is called on them."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.inferred import Inferred
from scaffold.checks.shape_help import help_for
from scaffold.diagnostics import Diagnostic, Severity
from scaffold.ir.types import Origin
from scaffold.shapes import Unfit


def unfit_shape(inferred: Inferred) -> Iterator[Diagnostic]:
    """Report entries that Keras could not call on what they get."""
    seen = set()
    for one in inferred.known.unfit:
        seen.add(Origin(one.graph.origin, one.node.id))
        yield _found(one, inferred, "KS402", "")
    for one in inferred.either.unfit:
        if Origin(one.graph.origin, one.node.id) not in seen:
            yield _found(one, inferred, "KS403", _elsewhere(inferred))


def _found(one: Unfit, inferred: Inferred, code: str, when: str) -> Diagnostic:
    message = f"`{one.layer.name}` {one.misfit.says}{when}"
    if one.turn > 1:
        message += f", in turn {one.turn} of its row"
    if one.calls:
        message += f"; the block is called in line {one.calls[0].span.line}"
    span = one.layer.name_span if one.node.again is None else one.node.span
    help_ = one.misfit.help or help_for(one, inferred)
    severity: Severity = "error" if code == "KS402" else "warning"
    return Diagnostic(code, message, span, help_, severity)


def _elsewhere(inferred: Inferred) -> str:
    names = ", ".join(f"`{one}`" for one in sorted(inferred.deciding))
    return f", with another value of {names}"
