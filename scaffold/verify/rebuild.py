"""Checks that a model and its blocks can be created from their configurations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import keras

from scaffold.diagnostics import Diagnostic
from scaffold.verify.arrays import has_numbers
from scaffold.verify.classes import of_class
from scaffold.verify.forward import layers_of, predict
from scaffold.verify.keras_errors import readable
from scaffold.verify.leaves import Key, forget_states, settle
from scaffold.verify.listener import Listener, RecordedCall
from scaffold.verify.randomness import gives_the_same, same_draws, states_kept
from scaffold.verify.subject import CandidateModel

_TOLERANCE = 1e-6


def made_again(subject: CandidateModel) -> Iterator[Diagnostic]:
    """Create the model and its blocks again, and compare the outputs of both."""
    boxes = {
        Key((), type(record.layer).__name__, number): record.layer
        for number, record in enumerate(subject.records)
        if type(record.layer).__module__ == subject.code.module
    }
    boxes[Key((), "", 0)] = subject.model
    listener = Listener(boxes)
    with listener.listening():
        predict(subject.model, subject.batch)
    seen: set[int] = set()
    for call in listener.calls:
        layer = boxes[call.key] if call.key else None
        # A layer inside a loop over data may be called on traced tensors.
        if id(layer) not in seen and has_numbers(call.arguments):
            seen.add(id(layer))
            yield from _one_again(subject, layer, call)


def _one_again(
    subject: CandidateModel, layer: Any, call: RecordedCall
) -> Iterator[Diagnostic]:
    name, place = type(layer).__name__, of_class(subject, type(layer))
    try:
        again = type(layer).from_config(layer.get_config())
        if not again.built:
            again.build_from_config(layer.get_build_config())
        if len(again.weights) != len(layer.weights):
            message = (
                f"`{name}` has {len(again.weights)} weights once it is built again, "
                f"and should have {len(layer.weights)}"
            )
            help_ = "`build` should trace `call` on symbolic inputs"
            yield Diagnostic("KS711", message, place, help_)
            return
        for weight, other in zip(layer.weights, again.weights, strict=True):
            other.assign(keras.ops.copy(weight))
        settle(again._flatten_layers())
        was, now = (
            partial(_gives, subject, call, version) for version in (layer, again)
        )
        is_like_it = gives_the_same(was, now, _TOLERANCE)
    except MemoryError:
        raise
    # The methods of the code may raise any error.
    except Exception as error:
        message = f"`{name}` cannot be created from its config: {readable(error)}"
        help_ = "`__init__` should accept all that `get_config` returns"
        yield Diagnostic("KS711", message, place, help_)
        return
    if not is_like_it:
        message = f"`{name}` created from its config returns a different output"
        help_ = "`get_config` should return all arguments of `__init__`"
        yield Diagnostic("KS711", message, place, help_)


def _gives(subject: CandidateModel, call: RecordedCall, layer: Any) -> Any:
    """Run a layer with the arguments of a call, without changing its states."""
    drawing = same_draws(("", inner) for inner in layers_of(layer, subject.code.module))
    forget_states(layer._flatten_layers())
    with drawing, states_kept(layer.non_trainable_weights):
        return call.again(layer)
