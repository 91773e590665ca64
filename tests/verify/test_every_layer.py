"""Every layer of Keras goes through `verify`, in every style that can say it.

As a row it is not trained and saved: a graph of the one layer is, in the same words.
"""

from __future__ import annotations

import json
from functools import cache

import pytest

from scaffold.catalogue import KerasCallable, load
from scaffold.pipeline import Source, generate, job
from scaffold.styles import STYLES
from scaffold.verify.runner import run
from scaffold.verify.types import Job, Outcome
from tests.verify import brief
from tests.verify.corpus import BACKEND, faults

pytestmark = pytest.mark.keras

CATALOGUE = load()

NO_SPEC_CAN_HOLD = {
    "FlaxLayer": "wraps a module of Flax, a Python object",
    "InputLayer": "is what `inputs` of a spec says",
    "JaxLayer": "wraps a function of JAX, a Python object",
    "Lambda": "wraps a Python function",
    "Layer": "is an abstract base",
    "TFSMLayer": "needs a SavedModel on disk",
    "TorchModuleWrapper": "wraps a module of PyTorch, a Python object",
    "Wrapper": "is an abstract base",
}
"""Layers of which there can be no spec, and why."""

IN_A_ROW_OF_STEPS = {
    "GRUCell": {"GRUCell": {"units": 2}},
    "LSTMCell": {"LSTMCell": {"units": 2}},
    "SimpleRNNCell": {"SimpleRNNCell": {"units": 2}},
    "StackedRNNCells": {
        "StackedRNNCells": {
            "cells": [{"GRUCell": {"units": 2}}, {"LSTMCell": {"units": 3}}]
        }
    },
}
"""Cells, which are called on a step and its states: an `RNN` does that."""


def spec_of(layer: KerasCallable) -> str:
    """Writes the smallest spec that has a layer."""
    if layer.name in IN_A_ROW_OF_STEPS:
        cell = IN_A_ROW_OF_STEPS[layer.name]
        entry = {"RNN": {"cell": cell, "return_sequences": True}}
        return json.dumps({"name": "smallest", "inputs": [8, 3], "layers": [entry]})
    example = layer.example
    assert example is not None
    names = ["left", "right", "third"][: len(example.shapes)]
    return json.dumps(
        {
            "name": "smallest",
            "inputs": {
                name: {"shape": list(shape), "dtype": example.dtype}
                for name, shape in zip(names, example.shapes, strict=True)
            },
            "layers": [
                {layer.name: dict(example.arguments), "name": "it", "from": names}
            ],
        }
    )


def layers() -> list[KerasCallable]:
    """Gives all layers that a spec can hold: none is picked by hand."""
    targets = [CATALOGUE.find("layers", name) for name in CATALOGUE.names("layers")]
    return [
        target for target in targets if target and target.name not in NO_SPEC_CAN_HOLD
    ]


@cache
def outcomes() -> tuple[tuple[Job, ...], tuple[Outcome, ...]]:
    """Verifies all of them, with one import of Keras."""
    jobs = []
    for layer in layers():
        result, checked = job(Source(spec_of(layer).encode(), f"{layer.name}.json"))
        assert result is not None, checked.diagnostics
        jobs.append(result)
    return tuple(jobs), tuple(run(jobs, backend=BACKEND, examiner=brief.ROWS_BRIEFLY))


def test_every_layer_is_accounted_for() -> None:
    """A layer is walked, or stands in the table with its reason."""
    everything = set(CATALOGUE.names("layers"))
    assert len(everything) == 143
    assert {layer.name for layer in layers()} == everything - set(NO_SPEC_CAN_HOLD)


def test_every_layer_is_verified() -> None:
    """Whatever a style can say of a layer is one model, which trains and reloads."""
    jobs, result = outcomes()
    assert faults(jobs, result) == []


def test_every_style_that_can_say_a_layer_is_run() -> None:
    """Merges are no chains, and one layer fits in no graph; all else runs in each."""
    jobs, results = outcomes()
    for number, (layer, pair) in enumerate(zip(layers(), jobs, strict=True)):
        labels = [candidate.label for candidate in pair.candidates]
        styles = STYLES if layer.takes == "one" or "Cell" in layer.name else STYLES[1:]
        if not layer.in_graphs:
            styles = ("subclass",)
        assert labels == list(styles), layer.name
        built = {
            outcome.candidate
            for outcome in results
            if outcome.job == number
            and outcome.check == "layers"
            and outcome.says == "passed"
        }
        assert built == set(range(len(labels))), layer.name


@pytest.mark.parametrize("style", ["sequential", "functional"])
def test_what_no_graph_can_hold_is_refused(style: str) -> None:
    """Its symbolic call gives back its own input, which Keras takes for a circle."""
    (layer,) = (item for item in layers() if not item.in_graphs)
    assert layer.name == "Equalization"
    source = Source(spec_of(layer).encode(), "smallest.json")
    result, checked = generate(source, style)
    assert result is None
    assert [diagnostic.code for diagnostic in checked.diagnostics] == ["KS501"]
    chosen, _ = generate(source)
    assert chosen is not None and chosen.style == "subclass"
