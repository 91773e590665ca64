"""Imports a candidate as a separate module, and builds its model."""

from __future__ import annotations

import importlib.util
import linecache
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import keras

from scaffold.verify.checks.subject import CandidateModel, CandidateModule
from scaffold.verify.recording.leaves import contained, numbered
from scaffold.verify.recording.recorder import Recorder, is_container, path_of
from scaffold.verify.recording.seeds import seed
from scaffold.verify.reference.baseline import Baseline
from scaffold.verify.reference.batches import BatchInput, candidate_batches, limits_of
from scaffold.verify.sandbox import forget_objects
from scaffold.verify.types import Job


@contextmanager
def written(job: Job, number: int) -> Iterator[CandidateModule]:
    """Write a candidate to a file, and remove all traces of it on exit."""
    candidate = job.candidates[number]
    with TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        name = Path(candidate.path).name or "candidate"
        file = Path(directory, name if name.endswith(".py") else f"{name}.py")
        file.write_text(candidate.text, encoding="utf-8")
        module = f"generated_{Path(directory).name}"
        try:
            yield CandidateModule(job, candidate, module, str(file), directory)
        finally:
            _remove_module(module, str(file))


def load(code: CandidateModule, recorder: Recorder) -> Any:
    """Import a candidate, and record the layers that it creates.

    Raises:
        BaseException: Any error of its code.
    """
    spec = importlib.util.spec_from_file_location(code.module, code.file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[code.module] = module
    with recorder:
        spec.loader.exec_module(module)
    return module


def build(code: CandidateModule, module: Any, recorder: Recorder) -> Any:
    """Build a candidate's model, and record the layers that it creates.

    Raises:
        BaseException: Any error of its code.
    """
    seed(code.candidate.text)
    with recorder:
        return module.build_model()


def subject_of(
    code: CandidateModule,
    module: Any,
    model: Any,
    recorder: Recorder,
    baseline: Baseline | None,
) -> CandidateModel:
    """Collect the data of a candidate whose model is built."""
    layers = [
        (path_of(record.lines, code.candidate), record.layer)
        for record in recorder.records
        if not is_container(record.layer, code.module) and record.layer is not model
    ]
    if baseline is not None:
        batch, no_batch_reason = baseline.batch, baseline.no_batch_reason
    else:
        batch, no_batch_reason = _batch(model, recorder)
    return CandidateModel(
        code=code,
        module=module,
        model=model,
        inputs=tuple(input_layer.output for input_layer in recorder.inputs),
        records=tuple(recorder.records),
        layers=numbered(layers, contained([model])),
        lines={id(record.layer): record.lines for record in recorder.records},
        baseline=baseline,
        batch=batch,
        no_batch_reason=no_batch_reason,
    )


def _batch(model: Any, recorder: Recorder) -> tuple[Any, str]:
    """Return a batch for a model without a spec, or `None` and the reason."""
    structure, batch_inputs = _inputs(model, recorder)
    if not batch_inputs:
        return None, "its inputs are unknown"
    for batch in candidate_batches(batch_inputs, limits_of([model])):
        flat = list(batch.values()) if len(batch_inputs) > 1 else [batch]
        packed = keras.tree.pack_sequence_as(structure, flat)
        try:
            model(packed, training=False)
        except MemoryError:
            raise
        # A batch that does not fit may raise any error.
        except Exception:
            continue
        return packed, ""
    return None, "no batch was found that it accepts"


def _inputs(model: Any, recorder: Recorder) -> tuple[Any, list[BatchInput]]:
    """Return the structure of a model's inputs, and the flat list of inputs."""
    tensors = getattr(model, "_inputs_struct", None)
    if tensors is None and getattr(model, "inputs", None):
        tensors = model.inputs[0]
    if tensors is None:
        # A subclassed model: the shapes in its build config, and the inputs that it was
        # traced with.
        shapes = (model.get_build_config() or {}).get("input_shape")
        traced = [input_layer.output for input_layer in recorder.inputs]
        if isinstance(shapes, dict):
            by_name = {tensor.name: tensor for tensor in traced}
            tensors = {name: by_name.get(name) for name in shapes}
        elif traced:
            tensors = traced[0]
    flat = keras.tree.flatten(tensors)
    if not flat or any(tensor is None for tensor in flat):
        return tensors, []
    batch_inputs = [
        BatchInput(f"{number}", tuple(tensor.shape), str(tensor.dtype))
        for number, tensor in enumerate(flat)
    ]
    return tensors, batch_inputs


def _remove_module(module: str, file: str) -> None:
    """Remove a module, and the registration of its classes in Keras."""
    sys.modules.pop(module, None)
    linecache.checkcache(file)
    forget_objects(module)
