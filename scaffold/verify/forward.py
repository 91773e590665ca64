"""Whether a model computes what the reference does, with the same weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

import keras
import numpy as np

from scaffold.diagnostics import Diagnostic
from scaffold.verify.batches import arrays
from scaffold.verify.blame import Blame, blame, is_same, is_same_mask
from scaffold.verify.leaves import Key, own_weights
from scaffold.verify.listener import Call, Listener
from scaffold.verify.same_layers import unlike
from scaffold.verify.subject import Subject, Verdict, failed, judged, passed, skipped


class Pass(NamedTuple):
    """One pass of the batch through a model.

    Attributes:
        outputs: What the model gave.
        calls: The calls of its layers.
        has_weights: Whether it has the reference's weights.
    """

    outputs: Any
    calls: tuple[Call, ...]
    has_weights: bool


def run(subject: Subject) -> Pass:
    """Gives a model the reference's weights, where they fit, and calls it.

    Raises:
        BaseException: What the model raises.
    """
    has_weights = copy_weights(subject)
    listener = Listener(subject.layers)
    with listener.listening():
        outputs = subject.model(subject.batch, training=False)
    return Pass(outputs, tuple(listener.calls), has_weights)


def copy_weights(subject: Subject) -> bool:
    """Gives a model the reference's weights, and tells whether they are all of them."""
    if subject.standard is None:
        return False
    ours = own_weights(subject.standard.reference.layers)
    theirs = own_weights(subject.layers)
    if _shapes(ours) != _shapes(theirs):
        return False
    for key, weights in ours.items():
        for weight, other in zip(weights, theirs.get(key, ()), strict=False):
            # A copy: JAX overwrites the arrays of a model that it trains.
            other.assign(keras.ops.copy(weight))
    return True


def _shapes(weights: Mapping[Key, list[Any]]) -> dict[Key, list[tuple[int, ...]]]:
    """Gives the shapes of all weights; layers without any make no difference."""
    return {
        key: [tuple(one.shape) for one in several]
        for key, several in weights.items()
        if several
    }


def forward(subject: Subject, done: Pass) -> Verdict:
    """Looks whether a model gives numbers, wherever the reference does."""
    count = sum(map(np.size, arrays(subject.batch)[:1]))
    if all(map(is_finite, arrays(done.outputs))):
        return passed()
    standard = subject.standard
    if standard and not all(map(is_finite, arrays(standard.outputs))):
        return skipped("Keras's own layers do not give finite numbers either")
    message = f"the output of {count} random numbers is not finite"
    return failed(Diagnostic("KS707", message, subject.whole))


def is_finite(array: Any) -> bool:
    """Tells whether an array has only finite numbers, or none."""
    if array is None or array.dtype.kind not in "fc":
        return True
    return bool(np.isfinite(array).all())


def output(subject: Subject, done: Pass) -> Verdict:
    """Holds what a model and its layers give against what the reference gives."""
    standard = subject.standard
    if standard is None:
        return skipped("there is no spec to compare it with")
    ours, theirs = _structure(standard.outputs), _structure(done.outputs)
    outputs = standard.reference.model.graph.outputs.span
    if ours != theirs:
        message = f"the model gives {theirs}, and should give {ours}"
        return failed(Diagnostic("KS706", message, outputs))
    if not done.has_weights:
        return skipped("the weights differ")
    inputs = standard.reference.by_name(standard.batch)
    blamed = blame(standard.calls, done.calls, inputs, subject.code.name_of)
    if blamed:
        faulty = {key for key, _ in unlike(subject)}
        found = [_finding(subject, one) for one in blamed if one.key not in faulty]
        return judged(found) if found else skipped("explained by the layers")
    if is_same(standard.outputs, done.outputs):
        return passed()
    return failed(*_wrong_outputs(subject, done))


def _finding(subject: Subject, blamed: Blame) -> Diagnostic:
    name = subject.code.name_of(blamed.path)
    span = subject.code.of_path(blamed.path) or subject.whole
    return Diagnostic("KS706", f"`{name}` {blamed.what}", span)


def _structure(outputs: Any) -> str:
    """Says what a model gives: one tensor, a list or a dictionary."""
    if isinstance(outputs, Mapping):
        return f"a dictionary of {', '.join(f'`{key}`' for key in sorted(outputs))}"
    if isinstance(outputs, list | tuple) and len(outputs) != 1:
        return f"a list of {len(outputs)}"
    # A functional model gives a list of one as what is in it.
    return "one tensor"


def _wrong_outputs(subject: Subject, done: Pass) -> Iterator[Diagnostic]:
    """Finds the outputs that are others, where all layers give what they should."""
    standard = subject.standard
    assert standard is not None
    ours, theirs = (keras.tree.flatten(one) for one in (standard.outputs, done.outputs))
    graph = standard.reference.model.graph
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if is_same(one, other):
            continue
        giver = next(
            (
                call
                for call in reversed(standard.calls)
                if any(one is gave for gave in keras.tree.flatten(call.gave))
            ),
            None,
        )
        elsewhere = any(is_same(two, other) for two in ours)
        if giver is not None and giver.key is None and not elsewhere:
            name = subject.code.name_of(giver.path)
            message = f"`{name}` gives something else, or is left out"
            span = subject.code.of_path(giver.path) or graph.outputs.span
            yield Diagnostic("KS706", message, span)
        else:
            message = f"output {number} is not what it should be"
            yield Diagnostic("KS706", message, graph.outputs.span)


def masks(subject: Subject, done: Pass) -> Verdict:
    """Looks whether masks reach every layer that they reach in the reference."""
    standard = subject.standard
    if standard is None:
        return skipped("there is no spec to compare it with")
    theirs: dict[Key, list[Call]] = {}
    for call in done.calls:
        if call.key is not None:
            theirs.setdefault(call.key, []).append(call)
    found, count = [], 0
    is_lost: list[bool] = []
    for call in standard.calls:
        before = any(is_lost[one] for one in call.sources)
        lost = False
        if call.key is not None:
            other = _taken(call, theirs.get(call.key, []))
            count += any(mask is not None for mask in call.masks)
            lost = other is not None and _loses(call, other)
            if lost and not before:
                name = subject.code.name_of(call.path)
                message = f"the mask that `{name}` should get does not reach it"
                found.append(Diagnostic("KS712", message, subject.of_key(call.key)))
        is_lost.append(before or lost)
    if not count:
        return skipped("nothing makes a mask")
    return judged(found, f"{count}")


def _taken(ours: Call, theirs: list[Call]) -> Call | None:
    """Takes the call that is the same, of a shared layer's calls.

    A graph makes them in an order of its own: the first that loses nothing will do.
    """
    for number, one in enumerate(theirs):
        if not _loses(ours, one):
            return theirs.pop(number)
    return theirs.pop(0) if theirs else None


def _loses(ours: Call, theirs: Call) -> bool:
    """Tells whether a mask of the reference's is missing, or is another."""
    return any(
        mask is not None and not is_same_mask(mask, other)
        for mask, other in zip_longest(ours.masks, theirs.masks)
    )
