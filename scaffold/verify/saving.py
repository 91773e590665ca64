"""Whether a model comes back from a file as it was."""

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
    """Save a model and load it again: the same class, the same predictions.

    Args:
        subject: The model.
        held: Gets the loaded model, where that is the same.
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
    # Anything may come from the code's own `get_config` and `build`.
    except Exception as error:
        message = f"the model cannot be {doing}: {readable(error)}"
        place = subject.code.of_error(error)
        help_ = "look at `get_config`, `from_config` and `build`: Keras calls them"
        return failed(Diagnostic("KS710", message, place, help_))
    finally:
        path.unlink(missing_ok=True)
    if type(again) is not type(model):
        message = (
            f"the model is loaded as a `{type(again).__name__}`, "
            f"and was a `{type(model).__name__}`"
        )
        help_ = "register the class, and leave its name as it is: it is loaded by that"
        return failed(Diagnostic("KS710", message, subject.whole, help_))
    if not gives_same(subject, model, again, _TOLERANCE):
        message = "the model gives something else once it was saved and loaded"
        help_ = "keep what is computed with in layers or in weights: those are saved"
        return failed(Diagnostic("KS710", message, subject.whole, help_))
    held.append(again)
    return passed()
