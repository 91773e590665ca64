"""Checks that a model's summary is complete."""

from __future__ import annotations

import io

from scaffold.diagnostics import Diagnostic
from scaffold.verify.checks.subject import CandidateModel, CheckResult, failed, judged

_WIDE = 200


def summary(subject: CandidateModel) -> CheckResult:
    """Find layers without a shape or without weights, before any training."""
    model = subject.model
    buffer = io.StringIO()
    model.summary(
        print_fn=lambda text, **_: buffer.write(text + "\n"), line_length=_WIDE
    )
    text = buffer.getvalue()
    unbuilt = [key for key, layer in subject.layers.items() if not layer.built]
    help_ = "`build` should trace `call` on symbolic inputs"
    if not model.built:
        message = "the model is not built"
        return failed(Diagnostic("KS703", message, subject.model_span, help_))
    if not unbuilt and "?" not in text and "unbuilt" not in text:
        return judged([], f"{len(model.layers)} layers")
    if len(unbuilt) > len(subject.layers) // 2:
        message = f"{len(unbuilt)} of {len(subject.layers)} layers are not built"
        return failed(Diagnostic("KS703", message, subject.model_span, help_))
    diagnostics = [
        Diagnostic("KS703", f"`{key.kind}` is not built", subject.of_key(key), help_)
        for key in unbuilt
    ]
    if not diagnostics:
        line = next((row for row in text.splitlines() if "?" in row), "")
        where = " ".join(line.replace("│", " ").split()) or "a layer is not built"
        message = f"the summary has unknown shapes: {where}"
        diagnostics = [Diagnostic("KS703", message, subject.model_span, help_)]
    return failed(*diagnostics)
