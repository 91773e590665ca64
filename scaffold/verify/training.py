"""Whether a model trains as the reference does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import keras
import numpy as np

from scaffold.diagnostics import Diagnostic, Span
from scaffold.verify.batches import targets
from scaffold.verify.forward import Pass, copy_weights
from scaffold.verify.gradients import (
    can_train,
    falls,
    forget_compiling,
    gradients,
    losses,
)
from scaffold.verify.leaves import Key, own_weights
from scaffold.verify.listener import told_of_training
from scaffold.verify.standard import Standard
from scaffold.verify.subject import Subject, Verdict, judged, skipped

_TRIES = 3
_SIGNIFICANT = 1e-6
"""The part of the largest gradient from which on one counts. A bias before a
normalisation gets one that is nothing but rounding."""


def training(subject: Subject, done: Pass) -> Verdict:
    """Trains a model a little: with its own optimizer and loss, then with others."""
    if not can_train(done.outputs):
        return skipped("of strings there is no loss")
    if subject.standard and subject.standard.untrained:
        return skipped(subject.standard.untrained)
    own, found = _with_its_own(subject, done)
    found += _with_ours(subject, done)
    if not found and subject.model.trainable_weights:
        found += _falls(subject, done)
    _restore(subject)
    if not subject.model.trainable_weights and not found:
        return skipped("it has no weights to train")
    return judged(found, own)


def _with_its_own(subject: Subject, done: Pass) -> tuple[str, list[Diagnostic]]:
    """Takes a step with the optimizer and loss of the module's own."""
    compile_model = getattr(subject.module, "compile_model", None)
    if compile_model is None or not subject.model.trainable_weights:
        return "", []
    compile_model(subject.model)
    wanted = targets(done.outputs, subject.model.loss)
    logs = subject.model.train_on_batch(subject.batch, wanted)
    loss = float(np.ravel(logs)[0])
    values = [keras.ops.convert_to_numpy(one) for one in _floats(subject.model)]
    if np.isfinite(loss) and all(np.isfinite(one).all() for one in values):
        return f"loss {loss:.3g}", []
    message = f"a step of training gives a loss of {loss:.3g} and weights without end"
    if not np.isfinite(loss):
        message = f"a step of training gives a loss of {loss}"
    return "", [Diagnostic("KS708", message, _place(subject))]


def _floats(model: Any) -> list[Any]:
    return [one for one in model.trainable_weights if "float" in str(one.dtype)]


def _place(subject: Subject) -> Span:
    """Gives the place of what concerns training as a whole."""
    model = subject.code.job.model
    return model.compile.span if model and model.compile else subject.whole


def _with_ours(subject: Subject, done: Pass) -> list[Diagnostic]:
    """Looks at what layers are told of training, and at gradients."""
    copy_weights(subject)
    wanted = subject.standard.gradients if subject.standard else {}
    found: dict[Key, list[float]] = {}
    for _ in range(_TRIES):
        with told_of_training(subject.layers) as told:
            more = gradients(subject.model, subject.layers, subject.batch, done.outputs)
        for key, several in more.items():
            before = found.get(key, [0.0] * len(several))
            found[key] = [max(pair) for pair in zip(before, several, strict=True)]
        without = list(_without(subject, found, wanted))
        if not without:
            break
    return [*_untold(subject, told), *without]


def _untold(
    subject: Subject, told: Mapping[Key, list[Any]]
) -> Iterator[Diagnostic]:
    """Finds layers that are told something else of training than they should be."""
    standard = subject.standard
    for key in subject.layers:
        given = {bool(one) for one in told.get(key, ())}
        if standard is None:
            wanted = {True} if given else given
        elif key not in standard.told or not standard.reference.works_otherwise(key):
            continue
        else:
            wanted = {bool(one) for one in standard.told[key]}
        if given != wanted and given:
            message = f"`{key.kind}` is not told that the model is training"
            help_ = "`call` should take `training=None` and hand it on"
            if True not in wanted:
                message, help_ = f"`{key.kind}` is told that the model is training", ""
            yield Diagnostic("KS708", message, subject.of_key(key), help_)


def _without(
    subject: Subject,
    given: Mapping[Key, list[float]],
    wanted: Mapping[Key, list[float]],
) -> Iterator[Diagnostic]:
    """Finds trainable weights that no gradient reaches, though one could."""
    largest = max((one for several in wanted.values() for one in several), default=0.0)
    trainable = {id(one) for one in subject.model.trainable_weights}
    for key, weights in own_weights(subject.layers).items():
        ours = wanted.get(key, [])
        for number, weight in enumerate(weights):
            should = id(weight) in trainable
            if subject.standard is not None:
                usual = ours[number] if number < len(ours) else 0.0
                should = usual > _SIGNIFICANT * largest
            if should and not given[key][number]:
                message = f"no gradient reaches `{weight.name}` of `{key.kind}`"
                found = Diagnostic("KS708", message, subject.of_key(key))
                # Without a spec there is no telling whether one should.
                if subject.standard is None:
                    found = found._replace(severity="warning")
                yield found


def _falls(subject: Subject, done: Pass) -> list[Diagnostic]:
    """Trains on one batch until the loss is lower than at first."""
    copy_weights(subject)
    if falls(losses(subject.model, subject.batch, done.outputs)):
        return []
    standard = subject.standard
    if standard and not _falls_in(standard):
        return []
    message = "the loss of a single batch does not fall in training"
    return [Diagnostic("KS708", message, subject.whole)]


def _falls_in(standard: Standard) -> bool:
    """Tells whether the loss falls in the reference, and leaves that as it was."""
    layers = standard.reference.layers
    weights = [one for several in own_weights(layers).values() for one in several]
    before = [np.array(keras.ops.convert_to_numpy(one)) for one in weights]
    model = standard.reference.whole()
    try:
        return falls(losses(model, standard.batch, standard.outputs))
    finally:
        for weight, value in zip(weights, before, strict=True):
            weight.assign(value)


def _restore(subject: Subject) -> None:
    """Leaves a model as it would be without the steps of our own."""
    compile_model = getattr(subject.module, "compile_model", None)
    if compile_model is not None:
        compile_model(subject.model)
    else:
        forget_compiling(subject.model)
    copy_weights(subject)
