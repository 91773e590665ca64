"""Runs a batch through a model, and records the calls of its layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import keras
import numpy as np

from scaffold.diagnostics import Diagnostic
from scaffold.verify.checks.subject import (
    CandidateModel,
    CheckResult,
    failed,
    passed,
    skipped,
)
from scaffold.verify.recording.arrays import arrays, is_finite
from scaffold.verify.recording.leaves import (
    Key,
    finalize_normalizations,
    own_weights,
    recordable_layers,
    reset_states,
)
from scaffold.verify.recording.listener import Listener, RecordedCall
from scaffold.verify.recording.randomness import (
    is_same_or_random,
    preserved_weights,
    same_draws,
)


class Pass(NamedTuple):
    """One pass of the batch through a model.

    Attributes:
        outputs: The outputs of the model.
        calls: The calls of its layers.
        has_weights: Whether the model has the reference's weights.
    """

    outputs: Any
    calls: tuple[RecordedCall, ...]
    has_weights: bool


def run(subject: CandidateModel) -> Pass:
    """Copy the reference's weights to a model, if they fit, and call it.

    Raises:
        BaseException: Any error of the model.
    """
    has_weights = copy_weights(subject)
    layers = recordable_layers(subject.layers, subject.code.job.model)
    replacements = subject.baseline.nondeterministic if subject.baseline else {}
    listener = Listener(layers, replacements)
    with same_draws(layers.items()), listener.listening():
        outputs = predict(subject.model, subject.batch)
    return Pass(outputs, tuple(listener.calls), has_weights)


def predict(model: Any, batch: Any) -> Any:
    """Call a model without states of earlier batches.

    Counts and averages that the call changes are restored.
    """
    reset_states(model._flatten_layers())
    with preserved_weights(model.non_trainable_weights):
        return model(batch, training=False)


def is_same_output(
    subject: CandidateModel, ours: Any, theirs: Any, tolerance: float
) -> bool:
    """Return whether two models have the same output, or the same distribution."""

    def call(model: Any) -> Any:
        with same_draws(("", layer) for layer in layers_of(model, subject.code.module)):
            return predict(model, subject.batch)

    return is_same_or_random(partial(call, ours), partial(call, theirs), tolerance)


def layers_of(layer: Any, module: str) -> Iterator[Any]:
    """Yield a layer and all layers in it, except those that a module defines."""
    for inner in layer._flatten_layers():
        if type(inner).__module__ != module:
            yield inner


def copy_weights(subject: CandidateModel) -> bool:
    """Copy the reference's weights to a model; return False if they do not fit."""
    if subject.baseline is None:
        return False
    ours = own_weights(subject.baseline.reference.layers)
    theirs = own_weights(subject.layers)
    if _shapes(ours) != _shapes(theirs):
        return False
    for key, weights in ours.items():
        for weight, other in zip(weights, theirs.get(key, ()), strict=False):
            # A copy: JAX overwrites the arrays of a model that it trains.
            other.assign(keras.ops.copy(weight))
    finalize_normalizations(subject.layers.values())
    return True


def _shapes(weights: Mapping[Key, list[Any]]) -> dict[Key, list[tuple[int, ...]]]:
    """Return the shapes of all weights, without layers that have no weights."""
    return {
        key: [tuple(weight.shape) for weight in layer_weights]
        for key, layer_weights in weights.items()
        if layer_weights
    }


def forward(subject: CandidateModel, forward_pass: Pass) -> CheckResult:
    """Check that the output of a model is finite, if that of the reference is."""
    if all(map(is_finite, arrays(forward_pass.outputs))):
        return passed()
    baseline = subject.baseline
    if baseline and not all(map(is_finite, arrays(baseline.outputs))):
        return skipped("the output of the model of the spec is not finite either")
    count = sum(np.size(array) for array in arrays(subject.batch))
    message = f"the output for a batch of {count:,} random numbers is not finite"
    help_ = "check divisions, logarithms and powers for zero and negative numbers"
    return failed(Diagnostic("KS707", message, subject.model_span, help_))
