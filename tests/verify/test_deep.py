"""An error of one percent in any single layer of a deep model is seen, at its entry.

In the tests it is planted in some layers of each model; `make test-deep` takes all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scaffold.pipeline import Source, job
from scaffold.verify.types import Job
from tests.goldens import CASES
from tests.verify.built import built, job_of

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("default")]

HERE = Path(__file__).parent / "deep"
ARCHITECTURES = CASES / "architectures"
SPECS = {
    "mobilenet": HERE / "mobilenet.yaml",
    "mobilenet_v2": ARCHITECTURES / "mobilenet_v2.yaml",
    "xception": HERE / "xception.yaml",
    "convnext": HERE / "convnext.yaml",
    "resnet50": ARCHITECTURES / "resnet50.yaml",
}
SOME = 5
"""The layers of a model that are tried, spread over it, unless all of them are."""

IS_ALL = bool(os.environ.get("KERAS_SCAFFOLD_ALL_LAYERS"))
SIZE = 33
"""The size of the pictures: layers and weights are the same for any."""


@cache
def job_of_model(name: str) -> Job:
    """Make a job of a model, for small pictures."""
    text = SPECS[name].read_text(encoding="utf-8")
    text = re.sub(r"(?m)^inputs: .*", f"inputs: [{SIZE}, {SIZE}, 3]", text)
    result, checked = job(Source(text.encode(), f"{name}.yaml"))
    assert result is not None, checked.diagnostics
    return result


@cache
def standard(name: str) -> Any:
    """Build the model of a spec once, and run it."""
    from scaffold.verify.reference.baseline import prepare

    return prepare(job_of_model(name).model)  # type: ignore[arg-type]


@contextmanager
def subject(name: str, style: str) -> Iterator[Any]:
    """Build the generated model of a style."""
    from scaffold.verify.checks.loading import build, load, subject_of, written
    from scaffold.verify.recording.recorder import Recorder

    labels = [candidate.style for candidate in job_of_model(name).candidates]
    with written(job_of_model(name), labels.index(style)) as code:
        recorder = Recorder(code.file)
        module = load(code, recorder)
        model = build(code, module, recorder)
        yield subject_of(code, module, model, recorder, standard(name))


@contextmanager
def wrong_by_one_percent(layer: Any) -> Iterator[None]:
    """Plant the error: what the layer gives is multiplied by 1.01."""
    import keras

    usual = layer.call

    def call(*args: Any, **kwargs: Any) -> Any:
        gave = usual(*args, **kwargs)
        return keras.tree.map_structure(lambda item: item * 1.01, gave)

    object.__setattr__(layer, "call", call)
    try:
        yield
    finally:
        vars(layer).pop("call")


@pytest.mark.parametrize("style", ["functional", "subclass"])
@pytest.mark.parametrize("name", SPECS)
def test_one_percent_in_any_layer_is_seen(name: str, style: str) -> None:
    """The layer's entry is named, and nothing else; without the error, nothing is."""
    from scaffold.verify.checks.forward import run
    from scaffold.verify.checks.outputs import output

    with subject(name, style) as item:
        clean = output(item, run(item))
        assert clean.says == "passed", clean
        keys = list(item.layers)
        offset = 0 if style == "functional" else 1
        step = 1 if IS_ALL else max(1, len(keys) // SOME)
        for key in keys[offset::step]:
            with wrong_by_one_percent(item.layers[key]):
                verdict = output(item, run(item))
            assert [diagnostic.span for diagnostic in verdict.diagnostics] == [
                item.of_key(key)
            ], key


@pytest.mark.parametrize("name", SPECS)
def test_no_signal_fades_or_explodes(name: str) -> None:
    """Whatever its depth, each layer gives numbers that vary by about as much."""
    import keras
    import numpy as np

    for call in standard(name).calls:
        if call.key is None or call.key.kind == "Activation":
            continue
        for tensor in keras.tree.flatten(call.result):
            spread = float(np.std(keras.ops.convert_to_numpy(tensor), dtype="float64"))
            assert 1e-4 < spread < 1e2, (call.key, spread)


HIDDEN = {
    "what a normalization takes back": (
        "  - a = Dense(8)\n  - b = LayerNormalization\n  - Dense(2)\n",
        (
            "layers.LayerNormalization()(a)",
            "layers.LayerNormalization()(1.01 * a)",
        ),
        "b",
    ),
    "a branch that adds little": (
        "  - a = Dense(8)\n  - b = ops.multiply(1e-6)\n  - c = Add() <- a, b\n",
        ("layers.Add()([a, b])", "layers.Add()([a, 1.01 * b])"),
        "b",
    ),
    "what attention compares": (
        "  - a = Dense(8)\n  - Reshape([2, 4])\n  - b = Softmax\n  - Dense(2)\n",
        ("layers.Softmax()(x)", "layers.Softmax()(x + 1.0)"),
        "b",
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_layer_hides_is_seen(name: str) -> None:
    """An operation before a layer that gives all but the same in spite of it."""
    from scaffold.verify.checks.forward import run
    from scaffold.verify.checks.outputs import output

    layers, edit, where = HIDDEN[name]
    spec = f"inputs: [8]\nlayers:\n{layers}"
    for edits, places in (((), []), ((edit,), [where])):
        with built(job_of(spec, "functional", *edits)) as item:
            verdict = output(item, run(item))
            lines = [
                spec.split("\n")[diagnostic.span.line - 1]
                for diagnostic in verdict.diagnostics
            ]
            assert [line.strip(" -")[0] for line in lines] == places, verdict
