"""Checks that a model is the same after saving and loading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras

from scaffold.diagnostics import Diagnostic
from scaffold.verify.forward import gives_same
from scaffold.verify.keras_errors import readable
from scaffold.verify.subject import CandidateModel, CheckResult, failed, passed

_TOLERANCE = 1e-6


def save(subject: CandidateModel, held: list[Any]) -> CheckResult:
    """Save and load a model, and compare the classes and the outputs.

    Args:
        subject: The model.
        held: A list that the loaded model is appended to, if it is the same.
    """
    model = subject.model
    path = Path(subject.code.directory, "saved.keras")
    doing = "saved"
    try:
        model.save(path)
        doing = "loaded"
        again = keras.models.load_model(path)
    except MemoryError:
        raise
    # `get_config` and `build` of the code may raise any error.
    except Exception as error:
        message = f"the model cannot be {doing}: {readable(error)}"
        place = subject.code.of_error(error)
        help_ = "check `get_config`, `from_config` and `build`, which Keras calls"
        return failed(Diagnostic("KS710", message, place, help_))
    finally:
        path.unlink(missing_ok=True)
    if type(again) is not type(model):
        message = (
            f"the model is loaded as a `{type(again).__name__}`, "
            f"and was saved as a `{type(model).__name__}`"
        )
        help_ = "register the class, and keep its name: Keras loads it by that name"
        return failed(Diagnostic("KS710", message, subject.whole, help_))
    if not gives_same(subject, model, again, _TOLERANCE):
        message = "the output of the model differs after it was saved and loaded"
        help_ = (
            "store the values that `call` uses in layers or weights: those are saved"
        )
        return failed(Diagnostic("KS710", message, subject.whole, help_))
    held.append(again)
    return passed()
