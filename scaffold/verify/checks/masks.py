"""Checks that masks reach all layers that they reach in the reference."""

from __future__ import annotations

from itertools import zip_longest

from scaffold.diagnostics import Diagnostic
from scaffold.verify.checks.forward import Pass
from scaffold.verify.checks.subject import CandidateModel, CheckResult, judged, skipped
from scaffold.verify.recording.arrays import is_same_mask
from scaffold.verify.recording.listener import RecordedCall
from scaffold.verify.recording.pairs import pairs

_HELP = "call it on the unchanged output of the layer before it, which has the mask"


def masks(subject: CandidateModel, forward_pass: Pass) -> CheckResult:
    """Check that masks reach every layer that they reach in the reference."""
    baseline = subject.baseline
    if baseline is None:
        return skipped("there is no spec to compare it with")
    diagnostics, count = [], 0
    is_missing: list[bool] = []
    matches = pairs(baseline.calls, forward_pass.calls)
    for call, other in zip(baseline.calls, matches, strict=True):
        before = any(is_missing[source] for source in call.sources)
        lacks_mask = False
        if call.key is not None:
            count += any(mask is not None for mask in call.masks)
            lacks_mask = other is not None and _lacks_mask(call, other)
            if lacks_mask and not before:
                name = subject.code.name_of(call.path)
                message = f"the expected mask does not reach `{name}`"
                span = subject.of_key(call.key)
                diagnostics.append(Diagnostic("KS712", message, span, _HELP))
        is_missing.append(before or lacks_mask)
    if not count:
        return skipped("no layer creates a mask")
    return judged(diagnostics, f"{count}")


def _lacks_mask(ours: RecordedCall, theirs: RecordedCall) -> bool:
    """Return whether a mask of the reference is missing or differs."""
    return any(
        mask is not None and not is_same_mask(mask, other)
        for mask, other in zip_longest(ours.masks, theirs.masks)
    )
