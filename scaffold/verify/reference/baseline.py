"""What the candidates of a job are compared with, computed once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import keras
import numpy as np

from scaffold.diagnostics import Diagnostic
from scaffold.ir.extensions import LOOP, used
from scaffold.ir.types import ModelIR
from scaffold.verify.recording.arrays import arrays, is_finite, is_same
from scaffold.verify.recording.keras_errors import readable
from scaffold.verify.recording.leaves import (
    Key,
    finalize_normalizations,
    own_weights,
    recordable_layers,
    reset_states,
)
from scaffold.verify.recording.listener import (
    Listener,
    RecordedCall,
    recording_training_flags,
)
from scaffold.verify.recording.randomness import (
    is_custom,
    preserved_weights,
    same_draws,
)
from scaffold.verify.reference.batches import BatchInput, candidate_batches, limits_of
from scaffold.verify.reference.gradients import NONE, can_train, gradients, reaches_any
from scaffold.verify.reference.live_weights import tune_weights
from scaffold.verify.reference.model import ReferenceModel

NO_SIZES = "no fitting sizes were found for the axes of its inputs without a size"
NO_STRINGS = "string inputs need TensorFlow"
"""Reasons why no batch can be created."""

_TRIES = 20
_MOST_RUNS = 80
_TRIES_OF_GRADIENTS = 4


class Baseline(NamedTuple):
    """A reference, and its outputs, calls and gradients for one batch.

    Attributes:
        reference: The reference.
        diagnostics: The parts of the spec that cannot be run.
        batch: The batch that it was run on, `None` without a fitting batch.
        no_batch_reason: Why there is no batch.
        outputs: Its outputs for the batch.
        calls: The calls of its layers and operations.
        training_flags: The values of `training` that each layer was called with in a
            training step.
        gradients: The largest gradient of each weight, by layer; see `gradients`.
        is_reached: Whether a gradient reaches any weight; True without weights.
        no_training_reason: Why no training step was taken.
        nondeterministic: The calls of layers whose results differ each time, even with
            the same seeds.
    """

    reference: ReferenceModel
    diagnostics: tuple[Diagnostic, ...] = ()
    batch: Any = None
    no_batch_reason: str = ""
    outputs: Any = None
    calls: tuple[RecordedCall, ...] = ()
    training_flags: Mapping[Key, list[Any]] = {}
    gradients: Mapping[Key, list[float]] = {}
    is_reached: bool = True
    no_training_reason: str = ""
    nondeterministic: Mapping[Key, list[RecordedCall]] = {}


def prepare(
    model: ModelIR, built: Callable[[ReferenceModel], None] = lambda reference: None
) -> Baseline:
    """Build a reference and run it; the caller has set the seeds.

    Args:
        model: The model.
        built: Called with the reference as soon as it is built.
    """
    reference = ReferenceModel(model)
    built(reference)
    baseline = Baseline(reference)
    if not reference.diagnostics:
        baseline = _with_batch(baseline)
    if baseline.batch is not None:
        tune_weights(reference, baseline.batch)
        _vary_loop_steps(baseline)
        # A training step changes moving averages, so the calls are recorded after it.
        baseline = _with_calls(_with_gradients(baseline))
    return baseline._replace(diagnostics=tuple(dict.fromkeys(reference.diagnostics)))


def batch_inputs(reference: ReferenceModel) -> list[BatchInput]:
    """Return the inputs of a reference."""
    return [
        BatchInput(name, tuple(tensor.shape), str(tensor.dtype))
        for name, tensor in reference.inputs.items()
    ]


def _with_batch(baseline: Baseline) -> Baseline:
    """Find a batch that the reference can be run on."""
    reference = baseline.reference
    inputs = batch_inputs(reference)
    if any(model_input.dtype == "string" for model_input in inputs):
        if keras.backend.backend() != "tensorflow":
            return baseline._replace(no_batch_reason=NO_STRINGS)
    runs: list[Baseline] = []
    first = None
    for batch in candidate_batches(inputs, limits_of(reference.layers.values())):
        first = batch if first is None else first
        listener = Listener(recordable_layers(reference.layers, reference.model))
        try:
            outputs = reference.run(batch, listener=listener)
        except MemoryError:
            raise
        # Keras and its backends raise many types of errors.
        except Exception:
            continue
        if all(np.size(array) for array in arrays(outputs)):
            runs.append(baseline._replace(batch=batch, outputs=outputs))
            # Prefer a batch with finite outputs and without empty results.
            is_empty = any(map(_has_empty_result, listener.calls))
            if not is_empty and all(map(is_finite, arrays(outputs))):
                return runs[-1]
        if len(runs) == _MOST_RUNS:
            break
    return runs[0] if runs else _without_batch(baseline, inputs, first)


def _has_empty_result(call: RecordedCall) -> bool:
    """Return whether a call returned an empty tensor, as for a too small image."""
    tensors = keras.tree.flatten(call.result)
    return any(
        0 in tuple(tensor.shape) for tensor in tensors if hasattr(tensor, "shape")
    )


def _without_batch(
    baseline: Baseline, inputs: Sequence[BatchInput], batch: Any
) -> Baseline:
    """Describe why no batch was found that a reference accepts."""
    reference = baseline.reference
    # Run it once more to detect the steps that cannot be run.
    reference.run(batch, is_strict=False)
    if (
        any(None in model_input.shape[1:] for model_input in inputs)
        and reference.diagnostics
    ):
        # It may run with other sizes, so this is not an error of the spec.
        reason = f"{NO_SIZES}: {reference.diagnostics[0].message}"
        reference.diagnostics.clear()
        return baseline._replace(no_batch_reason=reason)
    return baseline._replace(no_batch_reason="no batch was found that it accepts")


def _vary_loop_steps(baseline: Baseline) -> None:
    """Vary all weights until the examples of each `loop` take different step counts."""
    reference = baseline.reference
    if all(target.name != LOOP.name for target in used(reference.model)):
        return
    random = np.random.default_rng(4)
    for attempt in range(_TRIES):
        reference.run(baseline.batch)
        if not reference.has_equal_stops():
            return
        for weights in own_weights(reference.layers).values():
            for weight in weights:
                if "float" in str(weight.dtype):
                    value = np.array(keras.ops.convert_to_numpy(weight))
                    size = 0.1 + 0.05 * attempt
                    weight.assign(value + random.normal(scale=size, size=value.shape))
        finalize_normalizations(reference.layers.values())


def _with_gradients(baseline: Baseline) -> Baseline:
    reference = baseline.reference
    if not can_train(baseline.outputs):
        return baseline._replace(no_training_reason="string outputs have no loss")
    try:
        with recording_training_flags(reference.layers) as training_flags:
            largest_gradients = gradients(
                reference.keras_model(),
                reference.layers,
                baseline.batch,
                baseline.outputs,
            )
    except MemoryError:
        raise
    # A candidate is not at fault for a model that Keras cannot train.
    except Exception as error:
        return baseline._replace(no_training_reason=f"Keras: {readable(error)}")
    baseline = baseline._replace(
        training_flags=training_flags, gradients=largest_gradients
    )
    return baseline._replace(is_reached=_is_reached(baseline))


def _is_reached(baseline: Baseline) -> bool:
    """Return whether a gradient reaches a weight, with these or with other weights."""
    layers = baseline.reference.layers
    random = np.random.default_rng(6)
    layer_weights = [
        weight for weights in own_weights(layers).values() for weight in weights
    ]
    # The weights of a frozen layer still have `trainable=True`.
    trainable_ids = {
        id(weight) for layer in layers.values() for weight in layer.trainable_weights
    }
    unfrozen = [weight for weight in layer_weights if id(weight) in trainable_ids]
    if not unfrozen or reaches_any(baseline.gradients):
        return True
    if all(size == NONE for sizes in baseline.gradients.values() for size in sizes):
        return False
    with preserved_weights(layer_weights):
        for _ in range(_TRIES_OF_GRADIENTS):
            # With the current weights, all units may be on the flat side of a ReLU.
            for weight in unfrozen:
                weight.assign(random.normal(scale=0.5, size=weight.shape))
            model = baseline.reference.keras_model()
            if reaches_any(gradients(model, layers, baseline.batch, baseline.outputs)):
                return True
    return False


def _with_calls(baseline: Baseline) -> Baseline:
    outputs, first_run = _record_calls(baseline, {})
    calls = tuple(first_run.calls)
    may_vary: dict[Key, list[RecordedCall]] = {}
    for call in calls:
        if call.key and is_custom(baseline.reference.layers[call.key]):
            may_vary.setdefault(call.key, []).append(call)
    nondeterministic: dict[Key, list[RecordedCall]] = {}
    if may_vary:
        _, second_run = _record_calls(baseline, may_vary)
        for number, result in second_run.replaced.items():
            call = calls[number]
            if call.key and not is_same(call.result, result):
                nondeterministic[call.key] = may_vary[call.key]
    return baseline._replace(
        outputs=outputs, calls=calls, nondeterministic=nondeterministic
    )


def _record_calls(
    baseline: Baseline, replacements: Mapping[Key, list[RecordedCall]]
) -> tuple[Any, Listener]:
    """Run the reference on the batch without changing its weights."""
    reference = baseline.reference
    reset_states(reference.layers.values())
    layers = recordable_layers(reference.layers, reference.model)
    listener = Listener(layers, replacements)
    weights = [
        weight
        for layer_weights in own_weights(reference.layers).values()
        for weight in layer_weights
        if not weight.trainable
    ]
    with same_draws(layers.items()), preserved_weights(weights):
        outputs = reference.run(baseline.batch, listener=listener)
    return outputs, listener
