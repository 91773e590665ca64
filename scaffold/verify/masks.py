"""Checks that masks reach all layers that they reach in the reference."""

from __future__ import annotations

from itertools import zip_longest

from scaffold.diagnostics import Diagnostic
from scaffold.verify.arrays import is_same_mask
from scaffold.verify.forward import Pass
from scaffold.verify.listener import RecordedCall
from scaffold.verify.pairs import pairs
from scaffold.verify.subject import CandidateModel, CheckResult, judged, skipped

_HELP = "call it on the unchanged output of the layer before it, which has the mask"


def masks(subject: CandidateModel, done: Pass) -> CheckResult:
    """Check that masks reach every layer that they reach in the reference."""
    baseline = subject.baseline
    if baseline is None:
        return skipped("there is no spec to compare it with")
    diagnostics, count = [], 0
    is_lost: list[bool] = []
    others = pairs(baseline.calls, done.calls)
    for call, other in zip(baseline.calls, others, strict=True):
        before = any(is_lost[source] for source in call.sources)
        lost = False
        if call.key is not None:
            count += any(mask is not None for mask in call.masks)
            lost = other is not None and _loses(call, other)
            if lost and not before:
                name = subject.code.name_of(call.path)
                message = f"the expected mask does not reach `{name}`"
                span = subject.of_key(call.key)
                diagnostics.append(Diagnostic("KS712", message, span, _HELP))
        is_lost.append(before or lost)
    if not count:
        return skipped("no layer creates a mask")
    return judged(diagnostics, f"{count}")


def _loses(ours: RecordedCall, theirs: RecordedCall) -> bool:
    """Return whether a mask of the reference is missing or differs."""
    return any(
        mask is not None and not is_same_mask(mask, other)
        for mask, other in zip_longest(ours.masks, theirs.masks)
    )
