"""Runs the code of a spec in every style, and compares what comes of it."""

from __future__ import annotations

import contextlib
import importlib
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np

from scaffold.ir.fold import fold
from scaffold.ir.types import ModelIR
from scaffold.pipeline import Source, check, generate
from scaffold.styles import STYLES, obstacles
from tests.names.places import ALONE, PLACES, Make

OWN_LAYER = """import keras


@keras.saving.register_keras_serializable(package="own")
class Q9Scale(keras.layers.Layer):
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}
"""
OWN_WORDS = """from own_layer import Q9Scale


def __getattr__(name):
    return Q9Scale
"""
"""A module in which every word is a layer."""


def accepted(make: Make, words: Sequence[str]) -> list[str]:
    """Gives the words that the checks take in a place, each by itself."""
    results = []
    for word in words:
        diagnostics = check(Source(make([word]).encode(), "q9_model.yaml")).diagnostics
        errors = [item for item in diagnostics if item.severity == "error"]
        if not errors:
            results.append(word)
        assert all("KS" in diagnostic.code for diagnostic in errors)
    return results


def together(make: Make, words: Sequence[str]) -> list[str]:
    """Leaves out words that cannot be in one spec together, such as `a` and `a_0`."""
    left = list(words)
    while True:
        diagnostics = check(Source(make(left).encode(), "q9_model.yaml")).diagnostics
        named = {
            word
            for diagnostic in diagnostics
            if diagnostic.severity == "error"
            for word in diagnostic.message.split("`")[1::2]
        }
        less = [item for item in left if item not in named]
        if len(less) == len(left):
            assert not any(
                item.severity == "error" for item in diagnostics
            ), diagnostics[:3]
            return left
        left = less


def disagreements(label: str, text: str, place: Path) -> list[str]:
    """Runs a spec in every style.

    Returns:
        What fails, and where two styles give other numbers.
    """
    checked = check(Source(text.encode(), "q9_model.yaml"))
    model = checked.model
    assert model is not None
    batch, first, results = batch_of(model), None, []
    for style in STYLES:
        if obstacles(model, style):
            continue
        try:
            result, _ = generate(Source(text.encode(), "q9_model.yaml"), style)
            assert result is not None
            name = f"q9_{abs(hash((label, text, style)))}"
            (place / f"{name}.py").write_text(result.text, encoding="utf-8")
            gave = _run(importlib.import_module(name), style, batch, place)
            sys.modules.pop(name)
        except Exception as error:  # whatever it is, the code is at fault
            results.append(f"{label} ({style}): {type(error).__name__}: {error}"[:400])
            continue
        first = gave if first is None else first
        if not _alike(first, gave):
            results.append(f"{label} ({style}): other numbers")
        keras.utils.clear_session(free_memory=False)
    return results


def _run(module: Any, style: str, batch: Any, place: Path) -> list[Any]:
    """Builds, calls, trains and reloads a model; gives what it gave at first."""
    model = module.build_model()
    gave = [np.asarray(item) for item in keras.tree.flatten(model(batch))]
    if hasattr(module, "main"):
        with contextlib.redirect_stdout(io.StringIO()):
            module.main()
    elif hasattr(module, "compile_model"):
        module.compile_model(model)
        model.fit(batch, gave, verbose=0)
        model.evaluate(batch, gave, verbose=0)
        model.predict(batch, verbose=0)
    if style == "subclass":
        before = [np.asarray(item) for item in keras.tree.flatten(model(batch))]
        model.save(place / "q9.keras")
        loaded = keras.saving.load_model(place / "q9.keras")
        again = [np.asarray(item) for item in keras.tree.flatten(loaded(batch))]
        assert _alike(before, again), "another model after loading"
    return gave


def _alike(items: list[Any], other: list[Any]) -> bool:
    return len(items) == len(other) and all(
        left.shape == right.shape and np.allclose(left, right, rtol=1e-5, atol=1e-6)
        for left, right in zip(items, other, strict=True)
    )


def batch_of(model: ModelIR) -> Any:
    """Makes a batch for a model."""
    params = {
        param.name: param.default for param in model.graph.params if param.default
    }
    results = {}
    for tensor in model.graph.inputs:
        assert tensor.shape is not None
        shape = [5 if item is None else item for item in fold(tensor.shape, params)]
        numbers = np.sin(np.arange(2 * int(np.prod(shape)))).reshape([2, *shape])
        dtype = [
            option.value.value  # type: ignore[union-attr]  # a plain string
            for option in tensor.options
            if option.name == "dtype"
        ]
        if dtype:
            numbers = np.abs(numbers * 8)
        results[tensor.name] = numbers.astype(dtype[0] if dtype else "float32")
    return results if len(results) > 1 else next(iter(results.values()))


def prepare(place: Path) -> None:
    """Lets modules of a directory be imported."""
    (place / "own_layer.py").write_text(OWN_LAYER, encoding="utf-8")
    (place / "own_words.py").write_text(OWN_WORDS, encoding="utf-8")
    sys.path.insert(0, str(place))


def sweep(words: Sequence[str], place: Path, each: int) -> tuple[int, list[str]]:
    """Puts words in every place.

    Args:
        words: The words.
        place: Where code is written.
        each: How many of them stand in one spec.

    Returns:
        How many words in places were taken, and what is wrong.
    """
    count, result = 0, []
    for label, make in PLACES.items():
        good = accepted(make, words)
        count += len(good)
        for start in range(0, len(good), each):
            some = together(make, good[start : start + each])
            result += disagreements(f"{label} {start}", make(some), place)
    for label, make in ALONE.items():
        for word in accepted(make, words):
            count += 1
            result += disagreements(f"{label} {word}", make([word]), place)
    return count, result
