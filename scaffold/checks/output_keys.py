"""KS307: a loss, a metric or a weight for an output that there is not."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic, suggest
from scaffold.ir.output_names import output_names
from scaffold.ir.types import Constant, Dictionary

_BY_OUTPUT = ("loss", "loss_weights", "metrics", "weighted_metrics")


def output_keys(scope: Scope) -> Iterator[Diagnostic]:
    """Reports mappings in `compile` whose keys are not the model's outputs.

    A model that gives a single tensor has no name for it in every style.
    """
    model = scope.model
    if scope.is_block or model.compile is None or not model.is_whole:
        return
    keys = output_names(model.graph)
    for bound in model.compile.arguments:
        if bound.name not in _BY_OUTPUT or not isinstance(bound.value, Dictionary):
            continue
        if not keys:
            message = f"`{bound.name}` goes by output, and the output has no name"
            help_ = f"write the value alone, `{bound.name}: ...`; or name the outputs:"
            help_ += " `outputs: {score: ...}`"
            yield Diagnostic("KS307", message, bound.span, help_)
            continue
        for key, _ in bound.value.pairs:
            if isinstance(key, Constant) and key.value not in keys:
                near = suggest(str(key.value), keys)
                listed = ", ".join(f"`{one}`" for one in keys)
                help_ = f"did you mean `{near[0]}`?" if near else f"there are {listed}"
                message = f"there is no output `{key.value}`"
                yield Diagnostic("KS307", message, key.span, help_)
