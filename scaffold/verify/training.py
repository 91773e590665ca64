"""Whether a model trains as the reference does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import keras
import numpy as np

from scaffold.catalogue import load
from scaffold.diagnostics import Diagnostic, Span, has_errors
from scaffold.verify.arrays import arrays, is_finite
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
from scaffold.verify.readable import readable
from scaffold.verify.standard import Standard
from scaffold.verify.subject import Subject, Verdict, judged, skipped
from scaffold.verify.targets import targets

_TRIES = 3
_COMPILED_LAYERS = 40
"""The most layers of a model that is compiled for its step.

XLA takes longer for a large one than everything else that is looked at.
"""
_SIGNIFICANT = 1e-6
"""The part of the largest gradient from which on one counts. A bias before a
normalisation gets one that is nothing but rounding."""


def training(subject: Subject, done: Pass) -> Verdict:
    """Trains a model a little: with its own optimizer and loss, then with others."""
    if not can_train(done.outputs):
        return skipped("of strings there is no loss")
    if not all(map(is_finite, arrays(done.outputs))):
        return skipped("the output is not finite")
    if subject.standard and subject.standard.untrained:
        return skipped(subject.standard.untrained)
    try:
        own, found = _with_its_own(subject, done)
        more, reaches_any = _with_ours(subject, done)
        found += more
        if reaches_any and not has_errors(found):
            found += _falls(subject, done)
    finally:
        _restore(subject)
    if not subject.model.trainable_weights and not found:
        return skipped("it has no weights to train")
    if not reaches_any and not found:
        return skipped("no gradient leads from the outputs to a weight")
    return judged(found, own)


def _with_its_own(subject: Subject, done: Pass) -> tuple[str, list[Diagnostic]]:
    """Takes a step with the optimizer and loss of the module's own."""
    compile_model = getattr(subject.module, "compile_model", None)
    if compile_model is None or not subject.model.trainable_weights:
        return "", []
    try:
        compile_model(subject.model)
        if len(subject.layers) > _COMPILED_LAYERS:
            subject.model.jit_compile = False
        wanted = targets(done.outputs, subject.model.loss)
        logs = subject.model.train_on_batch(subject.batch, wanted)
    except MemoryError:
        raise
    # Optimizers, losses and metrics may be the user's own.
    except Exception as error:
        message = f"a step of training cannot be taken: {readable(error)}"
        span = subject.code.of_error(error)
        if span.path == subject.code.candidate.path:
            span = _place(subject)
        return "", [Diagnostic("KS708", message, span)]
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


def _with_ours(subject: Subject, done: Pass) -> tuple[list[Diagnostic], bool]:
    """Looks at what layers are told of training, and at gradients.

    Returns:
        What is wrong, and whether a gradient reaches any weight.
    """
    copy_weights(subject)
    wanted = subject.standard.gradients if subject.standard else {}
    found: dict[Key, list[float]] = {}
    for _ in range(_TRIES):
        with told_of_training(subject.layers) as told:
            more = gradients(subject.model, subject.layers, subject.batch, done.outputs)
        for key, several in more.items():
            before = found.get(key, [0.0] * len(several))
            found[key] = [max(pair) for pair in zip(before, several, strict=True)]
        without = _without(subject, found, wanted)
        if not without:
            break
    reaches_any = any(one for several in found.values() for one in several)
    return [*_untold(subject, told), *_unreached(subject, without)], reaches_any


def _untold(subject: Subject, told: Mapping[Key, list[Any]]) -> Iterator[Diagnostic]:
    """Finds layers that are told something else of training than they should be."""
    standard = subject.standard
    for key in subject.layers:
        given = {bool(one) for one in told.get(key, ())}
        if standard is None:
            wanted = {True} if _works_otherwise(subject.layers[key]) else given
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


def _works_otherwise(layer: Any) -> bool:
    """Tells whether a layer may work otherwise in training, as far as is known."""
    is_of_keras = type(layer).__module__.startswith("keras.")
    known = load().find("layers", type(layer).__name__) if is_of_keras else None
    return known is None or known.training == "differs"


def _without(
    subject: Subject,
    given: Mapping[Key, list[float]],
    wanted: Mapping[Key, list[float]],
) -> dict[Key, list[str]]:
    """Finds trainable weights that no gradient reaches, though one could."""
    largest = max((one for several in wanted.values() for one in several), default=0.0)
    trainable = {id(one) for one in subject.model.trainable_weights}
    found: dict[Key, list[str]] = {}
    for key, weights in own_weights(subject.layers).items():
        ours = wanted.get(key, [])
        for number, weight in enumerate(weights):
            should = id(weight) in trainable
            if subject.standard is not None:
                usual = ours[number] if number < len(ours) else 0.0
                should = usual > _SIGNIFICANT * largest
            if should and not given[key][number]:
                found.setdefault(key, []).append(weight.name)
    return found


def _unreached(
    subject: Subject, without: Mapping[Key, list[str]]
) -> Iterator[Diagnostic]:
    """Reports the layers at which gradients end, and not all that lie before them."""
    standard = subject.standard
    calls = standard.calls if standard else ()
    before: list[frozenset[Key]] = []
    behind: set[Key] = set()
    for call in calls:
        keys = frozenset[Key]().union(*(before[one] for one in call.sources))
        if call.key is not None and call.key in without:
            behind |= keys - {call.key}
            keys |= {call.key}
        before.append(keys)
    for key, names in without.items():
        if key not in behind:
            listed = ", ".join(f"`{name}`" for name in names)
            message = f"no gradient reaches {listed} of `{key.kind}`"
            found = Diagnostic("KS708", message, subject.of_key(key))
            # Without a spec there is no telling whether one should.
            yield found._replace(severity="error" if standard else "warning")


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
    forget_compiling(subject.model)
    compile_model = getattr(subject.module, "compile_model", None)
    if compile_model is not None:
        # If it does not work, that is known by now.
        with suppress(Exception):
            compile_model(subject.model)
    copy_weights(subject)
