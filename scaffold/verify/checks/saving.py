"""Checks that a model is the same after saving and loading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras

from scaffold.diagnostics import Diagnostic
from scaffold.verify.checks.forward import is_same_output
from scaffold.verify.checks.subject import CandidateModel, CheckResult, failed, passed
from scaffold.verify.recording.keras_errors import readable

_TOLERANCE = 1e-6


def save(subject: CandidateModel, loaded_models: list[Any]) -> CheckResult:
    """Save and load a model, and compare the classes and the outputs.

    Args:
        subject: The model.
        loaded_models: A list that the loaded model is appended to, if it is the same.
    """
    model = subject.model
    path = Path(subject.code.directory, "saved.keras")
    action = "saved"
    try:
        model.save(path)
        action = "loaded"
        loaded = keras.models.load_model(path)
    except MemoryError:
        raise
    # `get_config` and `build` of the code may raise any error.
    except Exception as error:
        message = f"the model cannot be {action}: {readable(error)}"
        span = subject.code.of_error(error)
        help_ = "check `get_config`, `from_config` and `build`, which Keras calls"
        return failed(Diagnostic("KS710", message, span, help_))
    finally:
        path.unlink(missing_ok=True)
    if type(loaded) is not type(model):
        message = (
            f"the model is loaded as a `{type(loaded).__name__}`, "
            f"and was saved as a `{type(model).__name__}`"
        )
        help_ = "register the class, and keep its name: Keras loads it by that name"
        return failed(Diagnostic("KS710", message, subject.model_span, help_))
    if not is_same_output(subject, model, loaded, _TOLERANCE):
        message = "the output of the model differs after it was saved and loaded"
        help_ = (
            "store the values that `call` uses in layers or weights: those are saved"
        )
        return failed(Diagnostic("KS710", message, subject.model_span, help_))
    loaded_models.append(loaded)
    return passed()
