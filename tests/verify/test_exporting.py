"""What `export` writes gives the same as the model, for all sorts of inputs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.verify.built import built, job_of, job_of_text

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("default")]

SPECS = {
    "chain": "inputs: [4]\nlayers: [Dense(3)]\n",
    "several": (
        "inputs: {a: [4], b: {shape: [null], dtype: int32}}\nlayers:\n"
        "  - left = Dense(3) <- a\n  - Embedding(9, 3, mask_zero=True) <- b\n"
        "  - right = LSTM(3)\n  - both = Add() <- left, right\n"
        "outputs: {left: left, both: both}\n"
    ),
    "strings": (
        "inputs: {words: {shape: [1], dtype: string}}\nlayers:\n"
        '  - StringLookup(vocabulary=["it", "else"])\n'
        "  - Embedding(4, 3)\n  - Flatten\n"
    ),
    "fixed batch": (
        "inputs: {a: {shape: [4], batch_size: 3}}\nlayers: [Dropout(0.5), Dense(3)]\n"
    ),
    "list": (
        "inputs: [4]\nlayers:\n  - a = Dense(3)\n  - b = Dense(2)\noutputs: [b, a]\n"
    ),
    "timed": "inputs: [null, 4]\nlayers: ['TimeDistributed(Dense(3))']\n",
    "augmented": "inputs: [8, 8, 3]\nlayers: [RandomFlip, Flatten, Dense(1)]\n",
}


OF_KERAS = {
    "timed": (
        "skipped",
        "the output of the model of the spec differs after export, too",
    ),
    "augmented": ("skipped", "`RandomFlip` runs in training mode after export"),
}
"""What Keras itself exports wrongly."""


def verdict(result: Any, *again: Any) -> Any:
    """Export the model of a job, and give what is said of it."""
    from scaffold.verify.checks.exporting import export

    with built(result) as subject:
        return export(subject, *again)


@pytest.mark.parametrize("name", SPECS)
def test_graphs_are_exported(name: str) -> None:
    """Strings, several inputs, dictionaries and batches of one size."""
    result = verdict(job_of(SPECS[name], "functional"))
    assert not result.diagnostics
    assert (result.says, result.detail) == OF_KERAS.get(name, ("passed", ""))


def test_a_layer_that_keras_exports_wrongly() -> None:
    """It is named where the rest of the model is run in plain Python, too."""
    spec = (
        "inputs: [null, 4]\nlayers:\n  - each = TimeDistributed(Dense(3))\n"
        "  - last = GlobalMaxPooling1D() <- inputs\n"
        '  - end = loop(Dense(4), until=Dense(1, activation="sigmoid"), max_steps=2)\n'
        "outputs: [each, end]\n"
    )
    result = verdict(job_of(spec, "subclass"))
    reason = "the output of Keras's `TimeDistributed` alone differs after export"
    assert (result.says, result.detail) == ("skipped", reason)
    result = verdict(
        job_of(spec.replace("TimeDistributed(Dense(3))", "Dense(3)"), "subclass")
    )
    assert (result.says, result.detail) == ("passed", "")


def test_a_class_of_integers() -> None:
    """Keras traces it with floats besides, which is no fault of the code."""
    spec = (
        "inputs: {a: {shape: [1], dtype: int32}, b: {shape: [1], dtype: int32}}\n"
        "layers: ['HashedCrossing(5) <- a, b']\n"
    )
    assert verdict(job_of(spec, "functional")).says == "passed"
    message = verdict(job_of(spec, "subclass"))
    assert message.says == "skipped" and "float inputs" in message.detail


BY_ITSELF = """
import keras
from keras import layers, ops


class Centered(layers.Layer):
    def call(self, inputs):
        return {0}

    def compute_output_shape(self, input_shape):
        return input_shape


def build_model():
    inputs = keras.Input(shape=(4,))
    return keras.Model(inputs, Centered()(layers.Dense(1)(inputs)))
"""


@pytest.mark.parametrize(
    ("result", "text"),
    [
        ("inputs - ops.mean(inputs)", ""),
        ("inputs - float(ops.mean(inputs))", "cannot be exported"),
        ("inputs * (2 if hasattr(inputs, 'numpy') else 1)", "differs after export"),
    ],
)
def test_faults(result: str, text: str) -> None:
    """What cannot be traced, or works otherwise where it is, is found."""
    diagnostics = verdict(job_of_text(BY_ITSELF.replace("{0}", result)))
    assert [diagnostic.code for diagnostic in diagnostics.diagnostics] == (
        ["KS728"] if text else []
    )
    assert all(
        text in diagnostic.message and diagnostic.help
        for diagnostic in diagnostics.diagnostics
    )


def test_what_keras_cannot_export_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backend without SavedModels is named."""
    import keras

    monkeypatch.setattr(keras.backend, "backend", lambda: "torch")
    from scaffold.verify.checks import exporting

    assert exporting._missing_support() == "Keras cannot write a SavedModel with torch"
