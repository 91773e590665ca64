"""Whether a model comes back from a file as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras

from scaffold.diagnostics import Diagnostic
from scaffold.verify.arrays import is_same
from scaffold.verify.forward import predict
from scaffold.verify.readable import readable
from scaffold.verify.subject import Subject, Verdict, failed, passed

_TOLERANCE = 1e-6


def save(subject: Subject, held: list[Any]) -> Verdict:
    """Saves a model and loads it again: the same class, the same predictions.

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
        return failed(Diagnostic("KS710", message, place))
    finally:
        path.unlink(missing_ok=True)
    if type(again) is not type(model):
        message = (
            f"the model is loaded as a `{type(again).__name__}`, "
            f"and was a `{type(model).__name__}`"
        )
        return failed(Diagnostic("KS710", message, subject.whole))
    ours, theirs = (predict(one, subject.batch) for one in (model, again))
    if not is_same(ours, theirs, _TOLERANCE):
        message = "the model gives something else once it was saved and loaded"
        return failed(Diagnostic("KS710", message, subject.whole))
    held.append(again)
    return passed()
