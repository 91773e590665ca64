"""Checks that a model trains like the reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import keras
import numpy as np

from scaffold.catalogue import load
from scaffold.diagnostics import Diagnostic, Span, has_errors
from scaffold.verify.checks.forward import Pass, copy_weights
from scaffold.verify.checks.gradient_reach import (
    blocked_gradient,
    no_gradient,
    unreached,
    unreached_in_reference,
    untrainable,
)
from scaffold.verify.checks.subject import CandidateModel, CheckResult, judged, skipped
from scaffold.verify.recording.arrays import arrays, is_finite
from scaffold.verify.recording.keras_errors import readable
from scaffold.verify.recording.leaves import Key, own_weights
from scaffold.verify.recording.listener import recording_training_flags
from scaffold.verify.recording.randomness import same_draws
from scaffold.verify.reference.baseline import Baseline
from scaffold.verify.reference.gradients import (
    NONE,
    can_train,
    decreases,
    forget_compiling,
    gradients,
    losses,
    reaches_any,
)
from scaffold.verify.reference.targets import targets

_TRIES = 3
_COMPILED_LAYERS = 40
"""The most layers of a model whose training step is compiled with XLA.

For larger models, XLA takes longer than all checks.
"""
_SIGNIFICANT = 1e-6
"""Gradients below this share of the largest one are ignored. The gradient of a bias
before a normalization is only rounding."""


def training(subject: CandidateModel, forward_pass: Pass) -> CheckResult:
    """Train a model briefly: with its own optimizer and loss, then with ours."""
    if not can_train(forward_pass.outputs):
        return skipped("string outputs have no loss")
    if not all(map(is_finite, arrays(forward_pass.outputs))):
        return skipped("the output is not finite")
    baseline = subject.baseline
    if baseline and not baseline.is_reached:
        return judged([blocked_gradient(subject, baseline)])
    try:
        own, diagnostics = _with_own_optimizer(subject, forward_pass)
        if baseline and baseline.no_training_reason:
            if not subject.model.trainable_weights and not diagnostics:
                return skipped("it has no weights to train")
            return judged(diagnostics or [untrainable(subject, baseline)], own)
        more, is_reached = _with_probe(subject, forward_pass)
        diagnostics += more
        if is_reached and not has_errors(diagnostics):
            diagnostics += _loss_finding(subject, forward_pass)
    finally:
        _restore(subject)
    if not subject.model.trainable_weights and not diagnostics:
        return skipped("it has no weights to train")
    if not is_reached and not diagnostics:
        diagnostics = [no_gradient(subject, subject.model_span)]
    elif baseline and not has_errors(diagnostics):
        diagnostics += unreached_in_reference(subject, baseline)
    return judged(diagnostics, own)


def _with_own_optimizer(
    subject: CandidateModel, forward_pass: Pass
) -> tuple[str, list[Diagnostic]]:
    """Take a training step with the optimizer and loss of the module."""
    compile_model = getattr(subject.module, "compile_model", None)
    if compile_model is None or not subject.model.trainable_weights:
        return "", []
    try:
        compile_model(subject.model)
        if len(subject.layers) > _COMPILED_LAYERS:
            subject.model.jit_compile = False
        wanted = targets(forward_pass.outputs, subject.model.loss)
        logs = subject.model.train_on_batch(subject.batch, wanted)
    except MemoryError:
        raise
    # The user's optimizers, losses and metrics may raise any error.
    except Exception as error:
        message = f"a training step fails: {readable(error)}"
        span = subject.code.of_error(error)
        if span.path == subject.code.candidate.path:
            span = _compile_span(subject)
        help_ = "check that the loss and the metrics under `compile` fit the outputs"
        return "", [Diagnostic("KS708", message, span, help_)]
    # The loss comes first; a metric after it may be an array.
    loss = float(logs[0] if isinstance(logs, list | tuple) else logs)
    values = [keras.ops.convert_to_numpy(weight) for weight in _floats(subject.model)]
    if np.isfinite(loss) and all(np.isfinite(value).all() for value in values):
        return f"loss {loss:.3g}", []
    message = f"the loss is {loss:.3g} in a training step, and weights are not finite"
    if not np.isfinite(loss):
        message = f"the loss is {loss} in a training step"
    help_ = "use a lower learning rate, or a loss that fits the outputs"
    return "", [Diagnostic("KS708", message, _compile_span(subject), help_)]


def _floats(model: Any) -> list[Any]:
    return [
        weight for weight in model.trainable_weights if "float" in str(weight.dtype)
    ]


def _compile_span(subject: CandidateModel) -> Span:
    """Return the location of `compile` in the spec, or of the model."""
    model = subject.code.job.model
    return model.compile.span if model and model.compile else subject.model_span


def _with_probe(
    subject: CandidateModel, forward_pass: Pass
) -> tuple[list[Diagnostic], bool]:
    """Check the `training` argument of layers, and the gradients.

    Returns:
        The findings, and whether a gradient reaches any weight.
    """
    copy_weights(subject)
    wanted = subject.baseline.gradients if subject.baseline else {}
    sizes: dict[Key, list[float]] = {}
    for _ in range(_TRIES):
        with recording_training_flags(subject.layers) as training_flags:
            more = gradients(
                subject.model, subject.layers, subject.batch, forward_pass.outputs
            )
        for key, layer_sizes in more.items():
            before = sizes.get(key, layer_sizes)
            sizes[key] = [max(pair) for pair in zip(before, layer_sizes, strict=True)]
        without = _unreached_weights(subject, sizes, wanted)
        if not without:
            break
    wrong = [
        *_wrong_training_flags(subject, training_flags),
        *unreached(subject, without),
    ]
    return wrong, reaches_any(sizes)


def _wrong_training_flags(
    subject: CandidateModel, training_flags: Mapping[Key, list[Any]]
) -> Iterator[Diagnostic]:
    """Find layers whose `training` argument is wrong."""
    baseline = subject.baseline
    for key in subject.layers:
        actual_flags = {bool(flag) for flag in training_flags.get(key, ())}
        if baseline is None:
            wanted = (
                {True} if _may_differ_in_training(subject.layers[key]) else actual_flags
            )
        elif (
            key not in baseline.training_flags
            or not baseline.reference.may_differ_in_training(key)
        ):
            continue
        else:
            wanted = {bool(flag) for flag in baseline.training_flags[key]}
        if actual_flags != wanted and actual_flags:
            message = (
                f"`{key.kind}` does not run in training mode while the model trains"
            )
            help_ = "`call` should take `training=None` and pass it on"
            if True not in wanted:
                message = f"`{key.kind}` should not run in training mode, and does"
                help_ = (
                    "call it without `training`, or pass on the `training` of `call`"
                )
            yield Diagnostic("KS708", message, subject.of_key(key), help_)


def _may_differ_in_training(layer: Any) -> bool:
    """Return whether a layer may behave differently in training, as far as is known."""
    is_of_keras = type(layer).__module__.startswith("keras.")
    known = load().find("layers", type(layer).__name__) if is_of_keras else None
    return known is None or known.training == "differs"


def _unreached_weights(
    subject: CandidateModel,
    sizes: Mapping[Key, list[float]],
    wanted: Mapping[Key, list[float]],
) -> dict[Key, list[str]]:
    """Find trainable weights that a gradient should reach and does not."""
    largest = max(
        (size for layer_sizes in wanted.values() for size in layer_sizes), default=0.0
    )
    trainable = {id(weight) for weight in subject.model.trainable_weights}
    names: dict[Key, list[str]] = {}
    for key, weights in own_weights(subject.layers).items():
        ours = wanted.get(key, [])
        for number, weight in enumerate(weights):
            should = id(weight) in trainable
            if subject.baseline is not None:
                reference_size = ours[number] if number < len(ours) else 0.0
                should = reference_size > _SIGNIFICANT * largest
            if should and sizes[key][number] in (0.0, NONE):
                names.setdefault(key, []).append(weight.name)
    return names


def _loss_finding(subject: CandidateModel, forward_pass: Pass) -> list[Diagnostic]:
    """Train on one batch, and return a finding if the loss does not decrease."""
    copy_weights(subject)
    baseline = subject.baseline
    if baseline and baseline.nondeterministic:
        # The layers are different functions in each step.
        return []
    # The same noise in each step, since it would change the loss.
    with same_draws(subject.layers.items()):
        if decreases(losses(subject.model, subject.batch, forward_pass.outputs)):
            return []
    if baseline and not _decreases_in(baseline):
        return []
    message = "the loss of a single batch does not decrease in training"
    help_ = "the loss of the model of the spec does: check `call` and `train_step`"
    if baseline is None:
        help_ = "check `call` for operations that have no gradient"
    return [Diagnostic("KS708", message, subject.model_span, help_)]


def _decreases_in(baseline: Baseline) -> bool:
    """Return whether the loss of the reference decreases; its weights are restored."""
    layers = baseline.reference.layers
    weights = [
        weight
        for layer_weights in own_weights(layers).values()
        for weight in layer_weights
    ]
    before = [np.array(keras.ops.convert_to_numpy(weight)) for weight in weights]
    model = baseline.reference.keras_model()
    try:
        with same_draws(layers.items()):
            return decreases(losses(model, baseline.batch, baseline.outputs))
    finally:
        for weight, value in zip(weights, before, strict=True):
            weight.assign(value)


def _restore(subject: CandidateModel) -> None:
    """Undo the effects of the training steps on a model."""
    forget_compiling(subject.model)
    compile_model = getattr(subject.module, "compile_model", None)
    if compile_model is not None:
        # An error here has been reported already.
        with suppress(Exception):
            compile_model(subject.model)
    copy_weights(subject)
