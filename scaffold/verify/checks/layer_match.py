"""Checks that a model has the layers and the weights of the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Object
from scaffold.ir.walk import within
from scaffold.verify.checks.subject import (
    CandidateModel,
    CheckResult,
    judged,
    passed,
    skipped,
)
from scaffold.verify.recording.leaves import Key, Path, own_weights
from scaffold.verify.recording.plain_config import differences, plain, shown

_AS_SPEC = (
    "undo the change, or change the spec: `keras-scaffold new --diff` shows the "
    "generated code"
)


def parameters(subject: CandidateModel) -> CheckResult:
    """Compare the weights of each layer, and their number, with the reference."""
    count = subject.model.count_params()
    if subject.baseline is None:
        return passed(f"{count:,}")
    ours = own_weights(subject.baseline.reference.layers)
    theirs = own_weights(subject.layers)
    if not all(layer.built for layer in subject.layers.values()):
        return skipped("not all layers are built")
    diagnostics = []
    for key in (key for key in ours if key in theirs):
        shapes, actual_shapes = (
            [tuple(weight.shape) for weight in weights]
            for weights in (ours[key], theirs[key])
        )
        if shapes != actual_shapes:
            message = (
                f"the weights of `{key.kind}` have the shapes {_list(actual_shapes)}, "
                f"and should have {_list(shapes)}"
            )
            diagnostics.append(
                Diagnostic("KS704", message, subject.of_key(key), _AS_SPEC)
            )
    expected_count = _count(weight for weights in ours.values() for weight in weights)
    if count != expected_count and not diagnostics:
        message = (
            f"the model has {count:,} parameters, and should have {expected_count:,}"
        )
        help_ = "check for layers that are created twice, never, or not as attributes"
        diagnostics.append(Diagnostic("KS704", message, subject.model_span, help_))
    return judged(diagnostics, f"{count:,}")


def layers(subject: CandidateModel) -> CheckResult:
    """Compare the layers and their arguments with the reference."""
    diagnostics = [
        *_inputs(subject),
        *(diagnostic for _, diagnostic in unlike(subject)),
    ]
    return judged(diagnostics, f"{len(subject.layers)}")


def _inputs(subject: CandidateModel) -> Iterator[Diagnostic]:
    """Compare the inputs of the model with those of the spec."""
    baseline = subject.baseline
    if baseline is None or len(subject.inputs) < len(baseline.reference.inputs):
        return
    by_name = {tensor.name: tensor for tensor in subject.inputs}
    # Inputs of blocks come later, since the model creates its own first.
    input_pairs = zip(
        baseline.reference.model.graph.inputs, subject.inputs, strict=False
    )
    for model_input, in_order in input_pairs:
        ours = baseline.reference.inputs[model_input.name]
        theirs = by_name.get(model_input.name, in_order)
        for attribute, expected, other in (
            ("dtype", ours.dtype, theirs.dtype),
            ("shape", tuple(ours.shape), tuple(theirs.shape)),
        ):
            if expected != other:
                message = (
                    f"the {attribute} of the input `{model_input.name}` is {other}, "
                )
                message += f"and should be {expected}"
                help_ = f"write `{attribute}={expected!r}` in its `keras.Input`"
                yield Diagnostic("KS705", message, model_input.span, help_)


def unlike(subject: CandidateModel) -> Iterator[tuple[Key, Diagnostic]]:
    """Find the layers that differ from the reference."""
    if subject.baseline is None:
        return
    reference = subject.baseline.reference
    ours, theirs = reference.layers, subject.layers
    missing = [key for key in ours if key not in theirs]
    extra = [key for key in theirs if key not in ours]
    for key in list(missing):
        # A layer of another class for the same entry replaces it.
        other = next(
            (extra_key for extra_key in extra if extra_key.path == key.path), None
        )
        if other is not None:
            missing.remove(key)
            extra.remove(other)
            message = f"the layer is a `{other.kind}`, and should be a `{key.kind}`"
            yield key, Diagnostic("KS705", message, subject.of_key(key), _AS_SPEC)
    yield from _blocks(subject, missing, ours, "the model uses this block too rarely")
    yield from _blocks(subject, extra, theirs, "the model uses this block too often")
    yield from ((key, _missing(subject, key)) for key in missing)
    yield from ((key, _extra(subject, key)) for key in extra)
    for key, layer in ours.items():
        if key in theirs:
            for diagnostic in _unlike(subject, key, reference.written(key), layer):
                yield key, diagnostic


def _blocks(
    subject: CandidateModel, keys: list[Key], among: Iterable[Key], message: str
) -> Iterator[tuple[Key, Diagnostic]]:
    """Find blocks all of whose layers are in `keys`, and remove these from it."""
    max_depth = max((len(key.path) for key in keys), default=0)
    for depth in range(1, max_depth):
        for block_path in dict.fromkeys(key.path[:depth] for key in list(keys)):
            inside = [key for key in keys if _is_inside(key, block_path)]
            paths = {key.path for key in among if _is_inside(key, block_path)}
            if inside and {key.path for key in inside} == paths:
                span = subject.code.of_path(block_path) or subject.model_span
                for key in inside:
                    keys.remove(key)
                    yield key, Diagnostic("KS705", message, span, _AS_SPEC)


def _is_inside(key: Key, block_path: Path) -> bool:
    return len(key.path) > len(block_path) and key.path[: len(block_path)] == block_path


def _missing(subject: CandidateModel, key: Key) -> Diagnostic:
    message = f"the model has no `{key.kind}` for this entry"
    if key.number:
        message = f"the model has only {key.number} `{key.kind}` for this entry"
    return Diagnostic("KS705", message, subject.of_key(key), _AS_SPEC)


def _extra(subject: CandidateModel, key: Key) -> Diagnostic:
    message = f"the model has a `{key.kind}` that is not in the spec"
    if key.path:
        message = f"the model has one `{key.kind}` too many for this entry"
        if key.number == 0:
            message = f"the model has a `{key.kind}` for this entry, which creates none"
    return Diagnostic("KS705", message, subject.of_key(key), _AS_SPEC)


def _unlike(
    subject: CandidateModel, key: Key, written: Object, ours: Any
) -> Iterator[Diagnostic]:
    """Find the arguments in which a layer differs from that of the reference."""
    theirs = subject.layers[key]
    keep_seeds = any(
        bound.name == "seed"
        for part in within(written)
        if isinstance(part, Object)
        for bound in part.arguments
    )
    wanted = plain(ours.get_config(), keep_seeds=keep_seeds)
    actual = plain(theirs.get_config(), keep_seeds=keep_seeds)
    for name, expected, other in differences(wanted, actual):
        message = f"`{name}` of `{key.kind}` is {shown(other)}, and should be "
        message += shown(expected)
        yield Diagnostic("KS705", message, subject.of_key(key), _AS_SPEC)
    expected_name = _name(subject, key, written)
    if expected_name is not None and theirs.name != expected_name:
        message = (
            f"the layer is named `{theirs.name}`, and should be named `{expected_name}`"
        )
        help_ = f'create it with `name="{expected_name}"`'
        yield Diagnostic("KS705", message, subject.of_key(key), help_)


def _name(subject: CandidateModel, key: Key, written: Object) -> str | None:
    """Return the name that a layer of the model itself must have."""
    model = subject.code.job.model
    if model is None or len(key.path) != 1 or key.path[0].graph:
        return None
    node = model.node(key.path[0])
    if node is None or node.is_repeat:
        return None
    return node.keras_name if any(written is layer for layer in node.layers) else None


def _list(shapes: list[tuple[int, ...]]) -> str:
    return ", ".join(map(str, shapes)) or "no weights"


def _count(weights: Iterator[Any]) -> int:
    return sum({id(weight): int(np.prod(weight.shape)) for weight in weights}.values())
