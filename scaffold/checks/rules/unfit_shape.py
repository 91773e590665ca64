"""KS402, KS403: shapes that do not fit the layers that are called on them."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.inferred import Inferred
from scaffold.checks.rule import shape_rule
from scaffold.checks.shape_help import help_for
from scaffold.diagnostics import Code, Diagnostic, Severity
from scaffold.ir.types import Origin
from scaffold.shapes import Unfit


class KS402(Code):
    """A layer or a function cannot be called on a tensor of this shape.

    What it does:
        Infers shapes without Keras, and reports what Keras would refuse: the wrong
        number of axes, different sizes in a merge, a window larger than its input,
        `Reshape` to a different number of items, an unknown number of features, an axis
        that does not exist. Each iteration of a repeat is checked, and each call of a
        block. Params are evaluated with their defaults. Consequences of an entry that
        does not fit are not reported, and neither are unknown shapes.

    Why:
        Keras would fail when it builds the model, or when it runs it.

    Example:
        inputs: [20, 8]
        layers:
          - LSTM(32)
          - LSTM(16)

    Instead:
        inputs: [20, 8]
        layers:
          - LSTM(32, return_sequences=True)
          - LSTM(16)
    """

    name = "shape-misfit"


class KS403(Code):
    """The other layer of a choice cannot be called on a tensor of this shape.

    What it does:
        Warns about a choice whose other layer does not fit, whatever the values of the
        params that decide between the two. All other params are evaluated with their
        defaults.

    Why:
        The model can be built with the default of the param, but not with the value
        that chooses the other layer.

    Example:
        params: {wide: false}
        inputs: [28, 28]
        layers:
          - Conv2D(8, 3) if wide else Flatten
          - Dense(10)

    Instead:
        params: {wide: false}
        inputs: [28, 28]
        layers:
          - Conv1D(8, 3) if wide else Flatten
          - Dense(10)
    """

    name = "other-misfit"


@shape_rule(KS402, KS403)
def unfit_shape(inferred: Inferred) -> Iterator[Diagnostic]:
    """Report entries that Keras cannot call on their inputs."""
    seen = set()
    for unfit in inferred.known.unfit:
        seen.add(Origin(unfit.graph.origin, unfit.node.id))
        yield _finding(unfit, inferred, "KS402", "")
    for unfit in inferred.either.unfit:
        if Origin(unfit.graph.origin, unfit.node.id) not in seen:
            yield _finding(unfit, inferred, "KS403", _with_other_value(inferred))


def _finding(unfit: Unfit, inferred: Inferred, code: str, when: str) -> Diagnostic:
    message = f"`{unfit.layer.name}` {unfit.misfit.says}{when}"
    if unfit.iteration > 1:
        message += f", in iteration {unfit.iteration} of its repeat"
    if unfit.calls:
        message += f"; the block is called in line {unfit.calls[0].span.line}"
    span = unfit.layer.name_span if unfit.node.reused is None else unfit.node.span
    help_ = unfit.misfit.help or help_for(unfit, inferred)
    severity: Severity = "error" if code == "KS402" else "warning"
    return Diagnostic(code, message, span, help_, severity)


def _with_other_value(inferred: Inferred) -> str:
    names = ", ".join(f"`{name}`" for name in sorted(inferred.deciding))
    return f", with another value of {names}"
