"""Checks that a model and its blocks can be created from their configurations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import keras

from scaffold.diagnostics import Diagnostic
from scaffold.verify.checks.classes import of_class
from scaffold.verify.checks.forward import layers_of, predict
from scaffold.verify.checks.subject import CandidateModel
from scaffold.verify.recording.arrays import has_numbers
from scaffold.verify.recording.keras_errors import readable
from scaffold.verify.recording.leaves import Key, finalize_normalizations, reset_states
from scaffold.verify.recording.listener import Listener, RecordedCall
from scaffold.verify.recording.randomness import (
    is_same_or_random,
    preserved_weights,
    same_draws,
)

_TOLERANCE = 1e-6


def rebuild_findings(subject: CandidateModel) -> Iterator[Diagnostic]:
    """Create the model and its blocks again, and compare the outputs of both."""
    models = {
        Key((), type(record.layer).__name__, number): record.layer
        for number, record in enumerate(subject.records)
        if type(record.layer).__module__ == subject.code.module
    }
    models[Key((), "", 0)] = subject.model
    listener = Listener(models)
    with listener.listening():
        predict(subject.model, subject.batch)
    seen: set[int] = set()
    for call in listener.calls:
        layer = models[call.key] if call.key else None
        # A layer inside a loop over data may be called on traced tensors.
        if id(layer) not in seen and has_numbers(call.arguments):
            seen.add(id(layer))
            yield from _layer_findings(subject, layer, call)


def _layer_findings(
    subject: CandidateModel, layer: Any, call: RecordedCall
) -> Iterator[Diagnostic]:
    name, span = type(layer).__name__, of_class(subject, type(layer))
    try:
        rebuilt = type(layer).from_config(layer.get_config())
        if not rebuilt.built:
            rebuilt.build_from_config(layer.get_build_config())
        if len(rebuilt.weights) != len(layer.weights):
            message = (
                f"`{name}` has {len(rebuilt.weights)} weights once it is built again, "
                f"and should have {len(layer.weights)}"
            )
            help_ = "`build` should trace `call` on symbolic inputs"
            yield Diagnostic("KS711", message, span, help_)
            return
        for weight, other in zip(layer.weights, rebuilt.weights, strict=True):
            other.assign(keras.ops.copy(weight))
        finalize_normalizations(rebuilt._flatten_layers())
        original, copied = (
            partial(_output, subject, call, version) for version in (layer, rebuilt)
        )
        is_same = is_same_or_random(original, copied, _TOLERANCE)
    except MemoryError:
        raise
    # The methods of the code may raise any error.
    except Exception as error:
        message = f"`{name}` cannot be created from its config: {readable(error)}"
        help_ = "`__init__` should accept all that `get_config` returns"
        yield Diagnostic("KS711", message, span, help_)
        return
    if not is_same:
        message = f"`{name}` created from its config returns a different output"
        help_ = "`get_config` should return all arguments of `__init__`"
        yield Diagnostic("KS711", message, span, help_)


def _output(subject: CandidateModel, call: RecordedCall, layer: Any) -> Any:
    """Run a layer with the arguments of a call, without changing its states."""
    seeded = same_draws(("", inner) for inner in layers_of(layer, subject.code.module))
    reset_states(layer._flatten_layers())
    with seeded, preserved_weights(layer.non_trainable_weights):
        return call.replay(layer)
