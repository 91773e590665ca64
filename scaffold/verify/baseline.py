"""What the candidates of a job are compared with, computed once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import keras
import numpy as np

from scaffold.diagnostics import Diagnostic
from scaffold.ir.extensions import LOOP, used
from scaffold.ir.types import ModelIR
from scaffold.verify.arrays import arrays, is_finite, is_same
from scaffold.verify.batches import BatchInput, limits_of, more_batches
from scaffold.verify.gradients import NONE, can_train, gradients, reaches_any
from scaffold.verify.keras_errors import readable
from scaffold.verify.leaves import Key, forget_states, heard, own_weights, settle
from scaffold.verify.listener import Listener, RecordedCall, told_of_training
from scaffold.verify.live_weights import enliven
from scaffold.verify.randomness import is_foreign, same_draws, states_kept
from scaffold.verify.reference import ReferenceModel

NO_SIZES = "no fitting sizes were found for the axes of its inputs without a size"
NO_STRINGS = "string inputs need TensorFlow"
"""Reasons why no batch can be created."""

_TRIES = 20
_MOST_WITHOUT_NUMBERS = 80
_TRIES_OF_GRADIENTS = 4


class Baseline(NamedTuple):
    """A reference, and its outputs, calls and gradients for one batch.

    Attributes:
        reference: The reference.
        diagnostics: The parts of the spec that cannot be run.
        batch: The batch that it was run on, `None` without a fitting batch.
        lacks: Why there is no batch.
        outputs: Its outputs for the batch.
        calls: The calls of its layers and operations.
        told: The values of `training` that each layer was called with in a training
            step.
        gradients: The largest gradient of each weight, by layer; see `gradients`.
        is_reached: Whether a gradient reaches any weight; True without weights.
        untrained: Why no training step was taken.
        unsteady: The calls of layers whose results differ each time even with the same
            seeds.
    """

    reference: ReferenceModel
    diagnostics: tuple[Diagnostic, ...] = ()
    batch: Any = None
    lacks: str = ""
    outputs: Any = None
    calls: tuple[RecordedCall, ...] = ()
    told: Mapping[Key, list[Any]] = {}
    gradients: Mapping[Key, list[float]] = {}
    is_reached: bool = True
    untrained: str = ""
    unsteady: Mapping[Key, list[RecordedCall]] = {}


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
        enliven(reference, baseline.batch)
        _spread(baseline)
        # A training step changes moving averages, so the calls are recorded after it.
        baseline = _listened_to(_trained(baseline))
    return baseline._replace(diagnostics=tuple(dict.fromkeys(reference.diagnostics)))


def wanted(reference: ReferenceModel) -> list[BatchInput]:
    """Return the inputs of a reference."""
    return [
        BatchInput(name, tuple(tensor.shape), str(tensor.dtype))
        for name, tensor in reference.inputs.items()
    ]


def _with_batch(baseline: Baseline) -> Baseline:
    """Find a batch that the reference can be run on."""
    reference = baseline.reference
    inputs = wanted(reference)
    if any(model_input.dtype == "string" for model_input in inputs):
        if keras.backend.backend() != "tensorflow":
            return baseline._replace(lacks=NO_STRINGS)
    runs: list[Baseline] = []
    first = None
    for batch in more_batches(inputs, limits_of(reference.layers.values())):
        first = batch if first is None else first
        listener = Listener(heard(reference.layers, reference.model))
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
            is_empty = any(map(_gives_nothing, listener.calls))
            if not is_empty and all(map(is_finite, arrays(outputs))):
                return runs[-1]
        if len(runs) == _MOST_WITHOUT_NUMBERS:
            break
    return runs[0] if runs else _without_batch(baseline, inputs, first)


def _gives_nothing(call: RecordedCall) -> bool:
    """Return whether a call returned an empty tensor, as for a too small image."""
    gave = keras.tree.flatten(call.gave)
    return any(0 in tuple(tensor.shape) for tensor in gave if hasattr(tensor, "shape"))


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
        why = f"{NO_SIZES}: {reference.diagnostics[0].message}"
        reference.diagnostics.clear()
        return baseline._replace(lacks=why)
    return baseline._replace(lacks="no batch was found that it accepts")


def _spread(baseline: Baseline) -> None:
    """Vary all weights until the examples of each `loop` take different step counts."""
    reference = baseline.reference
    if all(target.name != LOOP.name for target in used(reference.model)):
        return
    random = np.random.default_rng(4)
    for attempt in range(_TRIES):
        reference.run(baseline.batch)
        if not reference.stops_alike():
            return
        for weights in own_weights(reference.layers).values():
            for weight in weights:
                if "float" in str(weight.dtype):
                    value = np.array(keras.ops.convert_to_numpy(weight))
                    size = 0.1 + 0.05 * attempt
                    weight.assign(value + random.normal(scale=size, size=value.shape))
        settle(reference.layers.values())


def _trained(baseline: Baseline) -> Baseline:
    reference = baseline.reference
    if not can_train(baseline.outputs):
        return baseline._replace(untrained="string outputs have no loss")
    try:
        with told_of_training(reference.layers) as told:
            largest = gradients(
                reference.whole(), reference.layers, baseline.batch, baseline.outputs
            )
    except MemoryError:
        raise
    # A candidate is not at fault for a model that Keras cannot train.
    except Exception as error:
        return baseline._replace(untrained=f"Keras: {readable(error)}")
    baseline = baseline._replace(told=told, gradients=largest)
    return baseline._replace(is_reached=_is_reached(baseline))


def _is_reached(baseline: Baseline) -> bool:
    """Return whether a gradient reaches a weight, with these or with other weights."""
    layers = baseline.reference.layers
    random = np.random.default_rng(6)
    several = [weight for weights in own_weights(layers).values() for weight in weights]
    # The weights of a frozen layer still have `trainable=True`.
    thawed = {
        id(weight) for layer in layers.values() for weight in layer.trainable_weights
    }
    trained = [weight for weight in several if id(weight) in thawed]
    if not trained or reaches_any(baseline.gradients):
        return True
    if all(size == NONE for sizes in baseline.gradients.values() for size in sizes):
        return False
    with states_kept(several):
        for _ in range(_TRIES_OF_GRADIENTS):
            # With the current weights, all units may be on the flat side of a ReLU.
            for weight in trained:
                weight.assign(random.normal(scale=0.5, size=weight.shape))
            model = baseline.reference.whole()
            if reaches_any(gradients(model, layers, baseline.batch, baseline.outputs)):
                return True
    return False


def _listened_to(baseline: Baseline) -> Baseline:
    outputs, heard_first = _listen(baseline, {})
    calls = tuple(heard_first.calls)
    may_vary: dict[Key, list[RecordedCall]] = {}
    for call in calls:
        if call.key and is_foreign(baseline.reference.layers[call.key]):
            may_vary.setdefault(call.key, []).append(call)
    unsteady: dict[Key, list[RecordedCall]] = {}
    if may_vary:
        _, again = _listen(baseline, may_vary)
        for number, gave in again.replaced.items():
            call = calls[number]
            if call.key and not is_same(call.gave, gave):
                unsteady[call.key] = may_vary[call.key]
    return baseline._replace(outputs=outputs, calls=calls, unsteady=unsteady)


def _listen(
    baseline: Baseline, instead: Mapping[Key, list[RecordedCall]]
) -> tuple[Any, Listener]:
    """Run the reference on the batch without changing its weights."""
    reference = baseline.reference
    forget_states(reference.layers.values())
    layers = heard(reference.layers, reference.model)
    listener = Listener(layers, instead)
    weights = [
        weight
        for several in own_weights(reference.layers).values()
        for weight in several
        if not weight.trainable
    ]
    with same_draws(layers.items()), states_kept(weights):
        outputs = reference.run(baseline.batch, listener=listener)
    return outputs, listener
