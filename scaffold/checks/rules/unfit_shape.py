"""KS402, KS403: shapes that do not fit what is called on them."""

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
        Works shapes out without Keras, and reports what Keras would refuse: the wrong
        number of axes, sizes of a merge that differ, a window larger than its input,
        `Reshape` to another number of items, features whose number is not known, an
        axis that there is not. A row is gone through turn by turn, and a block with the
        tensors of each of its calls. A param counts as its default. What comes of an
        entry that does not fit is not reported again; where a shape is not known, there
        is no finding.

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
    """The other one of two layers cannot be called on a tensor of this shape.

    What it does:
        Warns of a choice whose other layer does not fit, whatever the params that
        decide between the two come to. All other params count as their defaults.

    Why:
        The model can be made as it is, and not with the value that its param is there
        for.

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
    """Report entries that Keras could not call on what they get."""
    seen = set()
    for unfit in inferred.known.unfit:
        seen.add(Origin(unfit.graph.origin, unfit.node.id))
        yield _found(unfit, inferred, "KS402", "")
    for unfit in inferred.either.unfit:
        if Origin(unfit.graph.origin, unfit.node.id) not in seen:
            yield _found(unfit, inferred, "KS403", _elsewhere(inferred))


def _found(unfit: Unfit, inferred: Inferred, code: str, when: str) -> Diagnostic:
    message = f"`{unfit.layer.name}` {unfit.misfit.says}{when}"
    if unfit.turn > 1:
        message += f", in turn {unfit.turn} of its row"
    if unfit.calls:
        message += f"; the block is called in line {unfit.calls[0].span.line}"
    span = unfit.layer.name_span if unfit.node.again is None else unfit.node.span
    help_ = unfit.misfit.help or help_for(unfit, inferred)
    severity: Severity = "error" if code == "KS402" else "warning"
    return Diagnostic(code, message, span, help_, severity)


def _elsewhere(inferred: Inferred) -> str:
    names = ", ".join(f"`{name}`" for name in sorted(inferred.deciding))
    return f", with another value of {names}"
