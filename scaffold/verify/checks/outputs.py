"""Checks that a model has the outputs of the reference, with the same weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import keras

from scaffold.diagnostics import Diagnostic
from scaffold.verify.checks.forward import Pass
from scaffold.verify.checks.layer_match import unlike
from scaffold.verify.checks.subject import (
    CandidateModel,
    CheckResult,
    failed,
    judged,
    passed,
    skipped,
)
from scaffold.verify.recording.arrays import TOLERANCE, is_same
from scaffold.verify.recording.leaves import Key, reset_states
from scaffold.verify.recording.listener import RecordedCall
from scaffold.verify.recording.localize import Blame, blame
from scaffold.verify.recording.pairs import pairs
from scaffold.verify.recording.randomness import (
    preserved_weights,
    same_distribution,
    same_draws,
)

_HELP = (
    "undo the change, or change the spec: `keras-scaffold new --diff` shows the "
    "generated code"
)
_REPLAY_TOLERANCE = 1e-3
"""The tolerance of an output if rounding errors have grown in between."""


def output(subject: CandidateModel, forward_pass: Pass) -> CheckResult:
    """Compare the outputs of a model and of its layers with the reference."""
    baseline = subject.baseline
    if baseline is None:
        return skipped("there is no spec to compare it with")
    ours, theirs = _structure(baseline.outputs), _structure(forward_pass.outputs)
    outputs = baseline.reference.model.graph.outputs.span
    if ours != theirs:
        message = f"the model returns {theirs}, and should return {ours}"
        return failed(Diagnostic("KS706", message, outputs, _HELP))
    if not forward_pass.has_weights:
        return skipped("the weights differ")
    inputs = baseline.reference.by_name(baseline.batch)
    replay = _CallReplay(subject.layers)
    name = subject.code.name_of
    blamed = blame(baseline.calls, forward_pass.calls, inputs, name, replay.call)
    blamed += _different_distributions(subject, forward_pass)
    if blamed:
        unlike_keys = {key for key, _ in unlike(subject)}
        diagnostics = [
            _finding(subject, fault) for fault in blamed if fault.key not in unlike_keys
        ]
        return judged(diagnostics) if diagnostics else skipped("the layers differ")
    tolerance = _REPLAY_TOLERANCE if replay.was_needed else TOLERANCE
    if is_same(baseline.outputs, forward_pass.outputs, tolerance):
        return passed()
    return failed(*_wrong_outputs(subject, forward_pass))


def _different_distributions(
    subject: CandidateModel, forward_pass: Pass
) -> Iterator[Blame]:
    """Find nondeterministic layers whose outputs have a different distribution."""
    baseline = subject.baseline
    assert baseline is not None
    ours = [call for calls in baseline.nondeterministic.values() for call in calls]
    for call, other in zip(ours, pairs(ours, forward_pass.calls), strict=True):
        if other is None or call.key is None:
            continue
        layers = baseline.reference.layers[call.key], subject.layers[call.key]
        if not same_distribution(
            partial(call.replay, layers[0]), partial(other.replay, layers[1])
        ):
            yield Blame(call.path, call.key, "draws from a different distribution")


class _CallReplay:
    """Calls layers of a model with the arguments of the reference's calls.

    Attributes:
        was_needed: Whether a call was replayed because rounding errors had grown.
    """

    def __init__(self, layers: Mapping[Key, Any]) -> None:
        self._layers = layers
        self.was_needed = False

    def call(self, ours: RecordedCall) -> Any:
        assert ours.key is not None
        self.was_needed = True
        layer = self._layers[ours.key]
        inner_ids = {id(inner) for inner in layer._flatten_layers()}
        listed = (
            (key, inner)
            for key, inner in self._layers.items()
            if id(inner) in inner_ids
        )
        reset_states([layer])
        with same_draws(listed), preserved_weights(layer.non_trainable_weights):
            return ours.replay(layer)


def _finding(subject: CandidateModel, blamed: Blame) -> Diagnostic:
    name = subject.code.name_of(blamed.path)
    span = subject.code.of_path(blamed.path) or subject.model_span
    return Diagnostic("KS706", f"`{name}` {blamed.problem}", span, _HELP)


def _structure(outputs: Any) -> str:
    """Describe the outputs of a model: one tensor, a list or a dictionary."""
    if isinstance(outputs, Mapping):
        # With PyTorch, Keras sorts the keys of the outputs of functional models.
        keeps_order = [*keras.tree.pack_sequence_as({"b": 0, "a": 0}, [0, 0])] == [
            "b",
            "a",
        ]
        keys = list(outputs) if keeps_order else sorted(outputs)
        return f"a dictionary of {', '.join(f'`{key}`' for key in keys)}"
    if isinstance(outputs, list | tuple) and len(outputs) != 1:
        return f"a list of {len(outputs)}"
    # A functional model returns the item of a list with one output.
    return "one tensor"


def _wrong_outputs(subject: CandidateModel, forward_pass: Pass) -> Iterator[Diagnostic]:
    """Find the outputs that differ, if no layer differs."""
    baseline = subject.baseline
    assert baseline is not None
    ours, theirs = _by_name(baseline.outputs), _by_name(forward_pass.outputs)
    graph = baseline.reference.model.graph
    for name, expected in ours.items():
        if is_same(expected, theirs[name]):
            continue
        producer = _last_producer(baseline.calls, expected)
        is_another = any(is_same(tensor, theirs[name]) for tensor in ours.values())
        if producer is not None and producer.key is None and not is_another:
            name = subject.code.name_of(producer.path)
            message = f"`{name}` returns a different result, or is missing"
            span = subject.code.of_path(producer.path) or graph.outputs.span
        else:
            message = f"{name} differs from that of the model of the spec"
            span = graph.outputs.span
        yield Diagnostic("KS706", message, span, _HELP)


def _by_name(outputs: Any) -> dict[str, Any]:
    """Return the outputs of a model under their names in messages."""
    if isinstance(outputs, Mapping):
        return {f"the output `{key}`": tensor for key, tensor in outputs.items()}
    if isinstance(outputs, list | tuple) and len(outputs) > 1:
        return {f"output {number}": tensor for number, tensor in enumerate(outputs)}
    return {"the output": keras.tree.flatten(outputs)[0]}


def _last_producer(calls: Sequence[RecordedCall], tensor: Any) -> RecordedCall | None:
    """Return the last call that returned a tensor."""
    producers = (
        call
        for call in reversed(calls)
        if any(leaf is tensor for leaf in keras.tree.flatten(call.result))
    )
    return next(producers, None)
