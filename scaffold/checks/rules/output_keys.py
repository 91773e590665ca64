"""KS307: a loss, a metric or a weight for an unknown output."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic, did_you_mean, suggest
from scaffold.ir.output_names import output_names
from scaffold.ir.types import Constant, Dictionary


class KS307(Code):
    """A loss or a metric is for an unknown output.

    What it does:
        Reports mappings under `loss`, `metrics` and their weights whose keys are not
        names under `outputs`, and such mappings in a model that returns a single
        tensor.

    Why:
        Keras refuses a key that is not an output. A single tensor does not have a name
        in every style: the same spec would train in one style and fail in another.

    Example:
        inputs: [4]
        layers:
          - score = Dense(1)
        compile:
          loss: {score: mse}

    Instead:
        inputs: [4]
        layers:
          - score = Dense(1)
        outputs: {score: score}
        compile:
          loss: {score: mse}
    """

    name = "output-keys"


_BY_OUTPUT = ("loss", "loss_weights", "metrics", "weighted_metrics")


@rule(KS307)
def output_keys(context: RuleContext) -> Iterator[Diagnostic]:
    """Report mappings in `compile` whose keys are not the model's outputs.

    A model that returns a single tensor does not have a name for it in every style.
    """
    model = context.model
    if context.is_block or model.compile is None or not model.is_whole:
        return
    keys = output_names(model.graph)
    for bound in model.compile.arguments:
        if bound.name not in _BY_OUTPUT or not isinstance(bound.value, Dictionary):
            continue
        if not keys:
            message = f"`{bound.name}` is a mapping by output, but the output has no "
            message += "name"
            help_ = f"write only the value, `{bound.name}: ...`; or name the outputs:"
            help_ += " `outputs: {score: ...}`"
            yield Diagnostic("KS307", message, bound.span, help_)
            continue
        for key, _ in bound.value.pairs:
            if isinstance(key, Constant) and key.value not in keys:
                near = suggest(str(key.value), keys)
                listed = ", ".join(f"`{name}`" for name in keys)
                help_ = did_you_mean(near[:1]) or f"the outputs are {listed}"
                message = f"there is no output `{key.value}`"
                yield Diagnostic("KS307", message, key.span, help_)
