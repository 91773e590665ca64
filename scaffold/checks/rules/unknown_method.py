"""KS218: a method that cannot be overridden, or that is named twice."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic, did_you_mean, suggest
from scaffold.ir.hooks import METHODS
from scaffold.spec.limits import shown


class KS218(Code):
    """A method cannot be overridden, or is named twice.

    What it does:
        Reports names under `override`, or after `--with`, that are not one of
        `train_step`, `test_step`, `predict_step`, `compute_loss` and `compute_metrics`,
        and methods that are named twice.

    Why:
        These methods change what `fit`, `evaluate` and `predict` do. Each is written
        once, and does what Keras does until you change it.

    Example:
        inputs: [4]
        layers: [Dense(1)]
        override: [training_step]

    Instead:
        inputs: [4]
        layers: [Dense(1)]
        override: [train_step]
    """

    name = "unknown-method"


@rule(KS218)
def unknown_method(context: RuleContext) -> Iterator[Diagnostic]:
    """Report names under `override` that are unknown or repeated."""
    if context.is_block:
        return
    seen = set()
    for hook in context.model.hooks:
        if hook.name not in METHODS:
            near = suggest(hook.name, METHODS)
            listed = ", ".join(f"`{method}`" for method in METHODS)
            help_ = did_you_mean(near[:1]) or f"use one of {listed}"
            message = f"there is no method `{shown(hook.name)}` to override"
            yield Diagnostic("KS218", message, hook.span, help_)
        elif hook.name in seen:
            message = f"`{hook.name}` is named twice"
            yield Diagnostic("KS218", message, hook.span, "name it once")
        seen.add(hook.name)
