"""Findings for weights that no gradient reaches, in a model or in its reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import keras

from scaffold.diagnostics import Diagnostic, Severity, Span
from scaffold.verify.checks.subject import CandidateModel
from scaffold.verify.recording.leaves import Key, own_weights, recordable_layers
from scaffold.verify.recording.listener import RecordedCall
from scaffold.verify.reference.baseline import Baseline
from scaffold.verify.reference.gradients import NONE

_WITHOUT_GRADIENT = (
    "stop_gradient",
    "round",
    "rint",
    "sign",
    "floor",
    "ceil",
    "trunc",
    "argsort",
)
"""Operations that return floats and have no gradient."""

_HELP = (
    "make the tensor before it an output, or set `trainable=False` on the layers that "
    "should not be trained"
)


def unreached(
    subject: CandidateModel, without: Mapping[Key, list[str]]
) -> Iterator[Diagnostic]:
    """Report the layers at which gradients end, without the layers before them.

    Args:
        subject: The model.
        without: The names of the weights that a gradient should reach and does not.
    """
    baseline = subject.baseline
    for key, names in _last_layers(baseline.calls if baseline else (), without):
        message = f"no gradient reaches {_listed(names)} of `{key.kind}`"
        help_ = (
            "after the layer, use operations that have a gradient, and their results"
        )
        diagnostic = Diagnostic("KS708", message, subject.of_key(key), help_)
        # Without a spec, it is unknown whether a gradient should reach them.
        yield diagnostic if baseline else diagnostic._replace(severity="warning")


def unreached_in_reference(
    subject: CandidateModel, baseline: Baseline
) -> Iterator[Diagnostic]:
    """Report the weights that no gradient reaches in the reference either."""
    reference = baseline.reference
    layers = recordable_layers(reference.layers, reference.model)
    without: dict[Key, list[str]] = {}
    trainable_ids = {
        id(weight) for layer in layers.values() for weight in layer.trainable_weights
    }
    for key, weights in own_weights(layers).items():
        sizes = baseline.gradients.get(key, ())
        for weight, size in zip(weights, sizes, strict=False):
            if id(weight) in trainable_ids and size == NONE:
                without.setdefault(key, []).append(weight.name)
    for key, names in _last_layers(baseline.calls, without):
        call = _blocking_call(subject, baseline, key)
        message = f"no gradient reaches {_listed(names)} of `{key.kind}`"
        if call is not None:
            message += f": `{subject.code.name_of(call.path)}` passes none"
        span = subject.of_key(key)
        yield Diagnostic("KS708", message, span, _HELP, "warning")


def untrainable(subject: CandidateModel, baseline: Baseline) -> Diagnostic:
    """Return the warning that the model of the spec cannot be trained."""
    message = f"the model of the spec cannot be trained: {baseline.no_training_reason}"
    help_ = "use operations that have a gradient, or train without these outputs"
    return Diagnostic("KS708", message, subject.model_span, help_, "warning")


def blocked_gradient(subject: CandidateModel, baseline: Baseline) -> Diagnostic:
    """Return the finding for the entry at which the gradient of the reference ends."""
    call = _blocking_call(subject, baseline, None)
    if call is None:
        return no_gradient(subject, subject.model_span)
    span = subject.code.of_path(call.path) or subject.model_span
    return no_gradient(subject, span, subject.code.name_of(call.path))


def no_gradient(subject: CandidateModel, span: Span, name: str = "") -> Diagnostic:
    """Return the finding that no gradient reaches any weight.

    Args:
        subject: The model.
        span: The location.
        name: The layer or operation that passes no gradient, if known.
    """
    message = "no gradient reaches any weight"
    if name:
        message = f"{message}: `{name}` passes none"
    diagnostic = Diagnostic("KS708", message, span, _HELP)
    return diagnostic._replace(severity=_severity(subject))


def _severity(subject: CandidateModel) -> Severity:
    """Return "error" for a model that is compiled, since it is meant to be trained."""
    compiles = getattr(subject.module, "compile_model", None) is not None
    return "error" if compiles else "warning"


def _last_layers(
    calls: Sequence[RecordedCall], without: Mapping[Key, list[str]]
) -> Iterator[tuple[Key, list[str]]]:
    """Yield those of the named layers that are not before another one of them."""
    before: list[frozenset[Key]] = []
    earlier: set[Key] = set()
    for call in calls:
        keys = frozenset[Key]().union(*(before[source] for source in call.sources))
        if call.key is not None and call.key in without:
            earlier |= keys - {call.key}
            keys |= {call.key}
        before.append(keys)
    for key, names in without.items():
        if key not in earlier:
            yield key, names


def _blocking_call(
    subject: CandidateModel, baseline: Baseline, after: Key | None
) -> RecordedCall | None:
    """Return the first call that passes no gradient, after a layer or of all calls."""
    is_after: list[bool] = []
    for call in baseline.calls:
        is_start = call.key == after if after else not call.sources
        is_after.append(is_start or any(is_after[source] for source in call.sources))
        name = subject.code.name_of(call.path).removeprefix("ops.")
        is_named = call.key is None and name in _WITHOUT_GRADIENT
        if is_after[-1] and (is_named or (not is_start and _returns_no_floats(call))):
            return call
    return None


def _returns_no_floats(call: RecordedCall) -> bool:
    tensors = [
        tensor for tensor in keras.tree.flatten(call.result) if hasattr(tensor, "dtype")
    ]
    dtypes = [keras.backend.standardize_dtype(tensor.dtype) for tensor in tensors]
    return bool(dtypes) and not any("float" in dtype for dtype in dtypes)


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
