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
    found = []
    for word in words:
        given = check(Source(make([word]).encode(), "q9_model.yaml")).diagnostics
        errors = [one for one in given if one.severity == "error"]
        if not errors:
            found.append(word)
        assert all("KS" in one.code for one in errors)
    return found


def together(make: Make, words: Sequence[str]) -> list[str]:
    """Leaves out words that cannot be in one spec together, such as `a` and `a_0`."""
    left = list(words)
    while True:
        given = check(Source(make(left).encode(), "q9_model.yaml")).diagnostics
        named = {
            word
            for one in given
            if one.severity == "error"
            for word in one.message.split("`")[1::2]
        }
        less = [one for one in left if one not in named]
        if len(less) == len(left):
            assert not any(one.severity == "error" for one in given), given[:3]
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
    batch, first, found = batch_of(model), None, []
    for style in STYLES:
        if obstacles(model, style):
            continue
        try:
            made, _ = generate(Source(text.encode(), "q9_model.yaml"), style)
            assert made is not None
            name = f"q9_{abs(hash((label, text, style)))}"
            (place / f"{name}.py").write_text(made.text, encoding="utf-8")
            gave = _run(importlib.import_module(name), style, batch, place)
            sys.modules.pop(name)
        except Exception as error:  # whatever it is, the code is at fault
            found.append(f"{label} ({style}): {type(error).__name__}: {error}"[:400])
            continue
        first = gave if first is None else first
        if not _alike(first, gave):
            found.append(f"{label} ({style}): other numbers")
        keras.utils.clear_session(free_memory=False)
    return found


def _run(module: Any, style: str, batch: Any, place: Path) -> list[Any]:
    """Builds, calls, trains and reloads a model; gives what it gave at first."""
    model = module.build_model()
    gave = [np.asarray(one) for one in keras.tree.flatten(model(batch))]
    if hasattr(module, "main"):
        with contextlib.redirect_stdout(io.StringIO()):
            module.main()
    elif hasattr(module, "compile_model"):
        module.compile_model(model)
        model.fit(batch, gave, verbose=0)
        model.evaluate(batch, gave, verbose=0)
        model.predict(batch, verbose=0)
    if style == "subclass":
        before = [np.asarray(one) for one in keras.tree.flatten(model(batch))]
        model.save(place / "q9.keras")
        loaded = keras.saving.load_model(place / "q9.keras")
        again = [np.asarray(one) for one in keras.tree.flatten(loaded(batch))]
        assert _alike(before, again), "another model after loading"
    return gave


def _alike(one: list[Any], other: list[Any]) -> bool:
    return len(one) == len(other) and all(
        left.shape == right.shape and np.allclose(left, right, rtol=1e-5, atol=1e-6)
        for left, right in zip(one, other, strict=True)
    )


def batch_of(model: ModelIR) -> Any:
    """Makes a batch for a model."""
    params = {one.name: one.default for one in model.graph.params if one.default}
    found = {}
    for given in model.graph.inputs:
        assert given.shape is not None
        shape = [5 if one is None else one for one in fold(given.shape, params)]
        numbers = np.sin(np.arange(2 * int(np.prod(shape)))).reshape([2, *shape])
        dtype = [one.value.value for one in given.options if one.name == "dtype"]  # type: ignore[union-attr]  # a plain string
        if dtype:
            numbers = np.abs(numbers * 8)
        found[given.name] = numbers.astype(dtype[0] if dtype else "float32")
    return found if len(found) > 1 else next(iter(found.values()))


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
    count, found = 0, []
    for label, make in PLACES.items():
        good = accepted(make, words)
        count += len(good)
        for start in range(0, len(good), each):
            some = together(make, good[start : start + each])
            found += disagreements(f"{label} {start}", make(some), place)
    for label, make in ALONE.items():
        for word in accepted(make, words):
            count += 1
            found += disagreements(f"{label} {word}", make([word]), place)
    return count, found
