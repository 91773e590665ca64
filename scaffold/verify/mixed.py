"""Whether a model runs in mixed precision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras

from scaffold.diagnostics import Diagnostic
from scaffold.verify.batches import arrays
from scaffold.verify.forward import is_finite
from scaffold.verify.loading import build
from scaffold.verify.readable import readable
from scaffold.verify.reference import Reference
from scaffold.verify.subject import Subject, Verdict, failed, passed, skipped

POLICY = "mixed_bfloat16"
"""Of the two that there are, the one that CPUs compute with, and whose numbers reach as
far as those of float32: what is not finite in it is the fault of the model."""


def mixed_precision(subject: Subject) -> Verdict:
    """Builds a model once more in mixed precision, and calls it."""
    try:
        with _policy():
            model, _ = build(subject.code, subject.module)
            outputs = model(subject.batch, training=False)
    except MemoryError:
        raise
    # What Keras's own layers do not do there, no model can.
    except Exception as error:
        reason = _why_not(subject)
        if reason:
            return skipped(reason)
        message = f"the model does not run in {POLICY}: {readable(error)}"
        place = subject.code.of_error(error)
        return failed(Diagnostic("KS709", message, place))
    if not all(map(is_finite, arrays(outputs))):
        if all(map(is_finite, arrays(_plain_outputs(subject)))):
            message = f"the output in {POLICY} is not finite"
            return failed(Diagnostic("KS709", message, subject.whole))
        return skipped("the output is not finite in float32 either")
    return passed(POLICY)


def _plain_outputs(subject: Subject) -> Any:
    return subject.model(subject.batch, training=False)


def _why_not(subject: Subject) -> str:
    """Says why the reference does not run in mixed precision, if it does not."""
    if subject.standard is None:
        return ""
    with _policy():
        reference = Reference(subject.standard.reference.model)
        if reference.found:
            return f"Keras: {reference.found[0].message}"
        try:
            reference.run(subject.batch)
        except MemoryError:
            raise
        # Keras and its backends raise many sorts at what they cannot compute.
        except Exception as error:
            return f"Keras: {readable(error)}"
    return ""


@contextmanager
def _policy() -> Iterator[None]:
    usual = keras.config.dtype_policy()
    keras.config.set_dtype_policy(POLICY)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(usual)
