"""What the candidates of a job are held against, worked out once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import keras
import numpy as np

from scaffold.diagnostics import Diagnostic
from scaffold.ir.beyond import LOOP, used
from scaffold.ir.types import ModelIR
from scaffold.verify.alive import enliven
from scaffold.verify.arrays import arrays
from scaffold.verify.batches import Wanted, batches, limits_of
from scaffold.verify.gradients import can_train, gradients
from scaffold.verify.leaves import Key, forget_states, heard, own_weights, settle
from scaffold.verify.listener import Call, Listener, told_of_training
from scaffold.verify.readable import readable
from scaffold.verify.reference import Reference

_TRIES = 20


class Standard(NamedTuple):
    """A reference, and what it does with a batch.

    Attributes:
        reference: The reference.
        found: What of the spec cannot be run.
        batch: What it was run on, `None` where nothing could be found.
        lacks: Why there is no batch.
        outputs: What it gave.
        calls: The calls of its layers and operations.
        told: What each layer was told of training, in a step of it.
        gradients: The largest gradient of each weight, by layer; see `gradients`.
        untrained: Why no step of training was taken.
    """

    reference: Reference
    found: tuple[Diagnostic, ...] = ()
    batch: Any = None
    lacks: str = ""
    outputs: Any = None
    calls: tuple[Call, ...] = ()
    told: Mapping[Key, list[Any]] = {}
    gradients: Mapping[Key, list[float]] = {}
    untrained: str = ""


def prepare(
    model: ModelIR, built: Callable[[Reference], None] = lambda reference: None
) -> Standard:
    """Builds a reference, and runs it; who calls this has set the seeds.

    Args:
        model: The model.
        built: Is told of the reference as soon as it is built.
    """
    reference = Reference(model)
    built(reference)
    standard = Standard(reference)
    if not reference.found:
        standard = _with_batch(standard)
    if standard.batch is not None:
        enliven(reference, standard.batch)
        _spread(standard)
        # A step of training changes averages: what it gives is noted afterwards.
        standard = _listened_to(_trained(standard))
    return standard._replace(found=tuple(dict.fromkeys(reference.found)))


def wanted(reference: Reference) -> list[Wanted]:
    """Gives the inputs of a reference."""
    return [
        Wanted(name, tuple(one.shape), str(one.dtype))
        for name, one in reference.inputs.items()
    ]


def _with_batch(standard: Standard) -> Standard:
    """Finds a batch that the reference can be run on."""
    reference = standard.reference
    inputs = wanted(reference)
    if any(one.dtype == "string" for one in inputs):
        if keras.backend.backend() != "tensorflow":
            return standard._replace(lacks="strings need TensorFlow")
    batch = None
    for batch in batches(inputs, limits_of(reference.layers.values())):
        try:
            outputs = reference.run(batch)
        except MemoryError:
            raise
        # Keras and its backends raise many sorts at what they cannot compute.
        except Exception:
            continue
        if all(np.size(one) for one in arrays(outputs)):
            return standard._replace(batch=batch, outputs=outputs)
    # Once more, to find out which steps cannot be run.
    reference.run(batch, is_strict=False)
    return standard._replace(lacks="nothing was found that it can be called on")


def _spread(standard: Standard) -> None:
    """Varies all weights until the examples of each `loop` stop at different steps."""
    reference = standard.reference
    if all(one.name != LOOP.name for one in used(reference.model)):
        return
    random = np.random.default_rng(4)
    for attempt in range(_TRIES):
        reference.run(standard.batch)
        if not reference.stops_alike():
            return
        for weights in own_weights(reference.layers).values():
            for weight in weights:
                if "float" in str(weight.dtype):
                    value = np.array(keras.ops.convert_to_numpy(weight))
                    size = 0.1 + 0.05 * attempt
                    weight.assign(value + random.normal(scale=size, size=value.shape))
        settle(reference.layers.values())


def _trained(standard: Standard) -> Standard:
    reference = standard.reference
    if not can_train(standard.outputs):
        return standard._replace(untrained="of strings there is no loss")
    try:
        with told_of_training(reference.layers) as told:
            found = gradients(
                reference.whole(), reference.layers, standard.batch, standard.outputs
            )
    except MemoryError:
        raise
    # What Keras cannot train is no fault of a candidate.
    except Exception as error:
        return standard._replace(untrained=f"Keras: {readable(error)}")
    return standard._replace(told=told, gradients=found)


def _listened_to(standard: Standard) -> Standard:
    forget_states(standard.reference.layers.values())
    reference = standard.reference
    listener = Listener(heard(reference.layers, reference.model))
    outputs = standard.reference.run(standard.batch, listener=listener)
    return standard._replace(outputs=outputs, calls=tuple(listener.calls))
