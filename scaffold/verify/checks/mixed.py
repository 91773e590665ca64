"""Checks that a model runs in mixed precision."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import keras

from scaffold.diagnostics import Diagnostic, Span
from scaffold.verify.checks.subject import (
    CandidateModel,
    CheckResult,
    failed,
    passed,
    skipped,
)
from scaffold.verify.recording.arrays import arrays, is_finite
from scaffold.verify.recording.keras_errors import readable
from scaffold.verify.reference.model import ReferenceModel

POLICIES = ("mixed_bfloat16", "mixed_float16")
"""Policies that a CPU supports. bfloat16 has the range of float32, so that nothing
overflows; but not every operation of TensorFlow supports it."""


def mixed_precision(subject: CandidateModel) -> CheckResult:
    """Build a model again in mixed precision, and call it.

    A policy with which the reference fails is not required of the model.
    """
    reasons = []
    for policy in POLICIES:
        with _policy_set(policy):
            fault, span = _fault(subject, partial(_call, subject))
            if not fault:
                return passed(policy)
            reason = _reference_fault(subject)
        if not reason:
            message = f"in {policy}, the model {fault}"
            help_ = (
                "cast with `keras.ops.cast(x, self.compute_dtype)`, and set no dtype"
            )
            diagnostic = Diagnostic("KS709", message, span or subject.model_span, help_)
            return failed(diagnostic)
        reasons.append(reason)
    return skipped(f"the model of the spec, too, {reasons[0]}")


def _call(subject: CandidateModel) -> Any:
    return subject.module.build_model()(subject.batch, training=False)


def _reference_fault(subject: CandidateModel) -> str:
    """Return the error of the reference in mixed precision, or `""`."""
    if subject.baseline is None:
        return ""
    reference = ReferenceModel(subject.baseline.reference.model)
    if reference.diagnostics:
        return f"does not run: {reference.diagnostics[0].message}"
    return _fault(subject, lambda: reference.run(subject.batch))[0]


def _fault(subject: CandidateModel, call: Callable[[], Any]) -> tuple[str, Span | None]:
    """Return what is wrong with the outputs of a call, or `""`, and the location."""
    try:
        outputs = call()
    except MemoryError:
        raise
    # Keras and its backends raise many types of errors.
    except Exception as error:
        return f"does not run: {readable(error)}", subject.code.of_error(error)
    if all(map(is_finite, arrays(outputs))):
        return "", None
    return "does not return finite numbers", None


@contextmanager
def _policy_set(policy: str) -> Iterator[None]:
    previous = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(previous)
