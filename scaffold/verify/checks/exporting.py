"""Checks that a model can be exported, and that the SavedModel has the same output."""

from __future__ import annotations

import inspect
import traceback
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from typing import Any

import keras

from scaffold.diagnostics import Diagnostic
from scaffold.ir.extensions import used
from scaffold.verify.checks.forward import predict
from scaffold.verify.checks.subject import (
    CandidateModel,
    CheckResult,
    failed,
    passed,
    skipped,
)
from scaffold.verify.recording.arrays import arrays, is_finite, is_same
from scaffold.verify.recording.keras_errors import readable
from scaffold.verify.recording.leaves import finalize_normalizations, reset_states
from scaffold.verify.reference.baseline import Baseline

_HELP = "`export` traces `call` with a batch of any size: use `keras.ops` in it"


_FLOATS = "Keras exports a class with float inputs, which a layer in it does not accept"


class _KerasLimitation(Exception):
    """A model cannot be exported because of a limitation of Keras."""


def export(subject: CandidateModel, loaded: Any = None) -> CheckResult:
    """Export a new model, and one that was saved and loaded.

    Args:
        subject: The model.
        loaded: The loaded model, `None` if it cannot be loaded.
    """
    reason = _missing_support()
    if reason:
        return skipped(reason)
    try:
        fault = _fault(subject, _new(subject), "the model")
        # A sequential or functional model is exported in the same way after loading.
        if fault is None and loaded is not None and _is_own(type(loaded), subject):
            fault = _fault(subject, loaded, "the loaded model")
    except _KerasLimitation as reason:
        return skipped(str(reason))
    if fault is None:
        return passed()
    cause = _training_mode_layer(subject) or _reference_fault(subject)
    return skipped(cause) if cause else failed(fault)


def _new(subject: CandidateModel) -> Any:
    """Build a model that was not called yet, with the weights of the subject."""
    model = subject.module.build_model()
    for weight, value in zip(model.weights, subject.model.weights, strict=True):
        weight.assign(keras.ops.copy(value))
    finalize_normalizations(model._flatten_layers())
    return model


def _is_own(kind: type, subject: CandidateModel) -> bool:
    """Return whether the module defines a class."""
    return kind.__module__ == subject.code.module


def _missing_support() -> str:
    """Return why the backend cannot export, or `""`."""
    backend = keras.backend.backend()
    if backend not in ("tensorflow", "jax"):
        return f"Keras cannot write a SavedModel with {backend}"
    if find_spec("tensorflow") is None:
        return "a SavedModel needs TensorFlow, which is not installed"
    return ""


def _fault(subject: CandidateModel, model: Any, what: str) -> Diagnostic | None:
    """Export a model, and return the finding, if any."""
    try:
        served = _served(subject, model, subject.batch)
    except MemoryError:
        raise
    # TensorFlow traces the model, and raises many types of errors.
    except Exception as error:
        if _takes_floats(error):
            raise _KerasLimitation(_FLOATS) from error
        message = f"{what} cannot be exported: {readable(error)}"
        return Diagnostic("KS728", message, subject.code.of_error(error), _HELP)
    ours = predict(model, subject.batch)
    if not all(map(is_finite, arrays(ours))) or is_same(ours, served):
        return None
    if not is_same(ours, predict(model, subject.batch)):
        return None  # it draws random numbers, so all its outputs differ
    message = f"the output of {what} differs after export"
    return Diagnostic("KS728", message, subject.model_span, _HELP)


def _takes_floats(error: BaseException) -> bool:
    """Return whether the export fails in the signature that Keras adds for a class.

    It has the compute dtype of the model for all inputs (Keras 3.15.1,
    `_default_save_signature` of the TensorFlow backend).
    """
    frames = traceback.extract_tb(error.__traceback__)
    is_default_signature = any(
        frame.name.endswith("serving_default") for frame in frames
    )
    return is_default_signature and "dtype" in str(error)


def _served(subject: CandidateModel, model: Any, batch: Any, **options: Any) -> Any:
    """Export a model, and call the SavedModel on a batch."""
    directory = Path(subject.code.directory, "exported")
    try:
        reset_states(model._flatten_layers())
        model.export(directory, verbose=False, **options)
        served = import_module("tensorflow").saved_model.load(str(directory))
        batch = keras.tree.map_structure(keras.ops.convert_to_numpy, batch)
        return keras.tree.map_structure(_tensor, served.serve(batch))
    finally:
        rmtree(directory, ignore_errors=True)


def _tensor(tensor: Any) -> Any:
    """Convert a tensor of TensorFlow to one of the backend."""
    if keras.backend.backend() == "tensorflow":
        return tensor
    return keras.ops.convert_to_tensor(tensor.numpy())


def _training_mode_layer(subject: CandidateModel) -> str:
    """Describe which layer changes its output after export in any model.

    Keras exports a model without `training=False`, and layers that augment data default
    to `training=True`.
    """
    for layer in subject.model._flatten_layers():
        training = inspect.signature(layer.call).parameters.get("training")
        if training is not None and training.default is True:
            return f"`{type(layer).__name__}` runs in training mode after export"
    return ""


def _reference_fault(subject: CandidateModel) -> str:
    """Describe why the reference cannot be exported either, or return `""`.

    For example, Keras 3.15.1 uses the batch size as the number of steps when it
    exports a `TimeDistributed` that knows neither.
    """
    if subject.baseline is None:
        return ""
    reference = subject.baseline.reference
    if used(reference.model):
        # The reference runs extensions in plain Python, which cannot be traced.
        return _layer_fault(subject, subject.baseline)
    tensors = list(reference.inputs.values())
    signature = reference.inputs if len(tensors) > 1 else tensors[0]
    model = reference.keras_model()
    try:
        served = _served(subject, model, subject.batch, input_signature=[signature])
    except MemoryError:
        raise
    except Exception as error:
        return f"the model of the spec cannot be exported: {readable(error)}"
    if is_same(predict(model, subject.batch), served):
        return ""
    return "the output of the model of the spec differs after export, too"


def _layer_fault(subject: CandidateModel, baseline: Baseline) -> str:
    """Describe which layer of Keras has another output if it alone is exported."""
    reference = baseline.reference
    is_any_length = any(
        None in tensor.shape[1:] for tensor in reference.inputs.values()
    )
    for call in baseline.calls:
        layer = reference.layers.get(call.key) if call.key else None
        if layer is None or not type(layer).__module__.startswith("keras."):
            continue
        tensors = keras.tree.flatten(call.arguments)
        if not all(hasattr(tensor, "shape") for tensor in tensors):
            continue
        inputs = {
            f"tensor_{number}": _symbolic(tensor, is_any_length)
            for number, tensor in enumerate(tensors)
        }
        batch = dict(zip(inputs, tensors, strict=True))
        arguments = keras.tree.pack_sequence_as(call.arguments, [*inputs.values()])
        try:
            model = keras.Model(inputs, layer(**arguments))
            served = _served(subject, model, batch, input_signature=[inputs])
            is_served = is_same(predict(model, batch), served)
        except MemoryError:
            raise
        except Exception:  # alone, it cannot be exported, so nothing is known
            continue
        if not is_served:
            name = type(layer).__name__
            return f"the output of Keras's `{name}` alone differs after export"
    return ""


def _symbolic(tensor: Any, is_any_length: bool) -> Any:
    """Create an input like a tensor, of any batch size and optionally any length."""
    batch, *axes = tensor.shape
    if is_any_length and len(axes) > 1:
        axes[0] = None
    return keras.Input(shape=tuple(axes), dtype=tensor.dtype)
