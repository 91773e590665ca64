"""Layers are told whether it is training: in every style, and by `fit` above all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from scaffold.styles import STYLES
from tests.cases.own_layers import Witness
from tests.run.modules import copy_weights, load_module, source_of, weights_by_path

WITNESSED = """
inputs: [3]
imports: {Witness: "tests.cases.own_layers:Witness"}
layers: [Witness, Dense(1)]
compile: {loss: mse, run_eagerly: true}
"""

NORMALISED = """
inputs: [3]
layers: [Dense(8), BatchNormalization, Dense(1)]
compile: {loss: mse, optimizer: sgd}
"""

DROPPED = """
inputs: [5, 64]
layers:
  - Dropout(0.5)
  - GaussianNoise(0.5)
  - Bidirectional(LSTM(4, dropout=0.5))
"""

X = np.random.default_rng(0).normal(size=(32, 3)).astype("float32")
Y = X.sum(axis=1, keepdims=True)


def built(spec: str, style: str, directory: Path) -> Any:
    """Builds a spec's model, compiled where the spec says so."""
    module = load_module(source_of(spec, style), directory)
    model = module.build_model()
    if hasattr(module, "compile_model"):
        module.compile_model(model)
    return model


@pytest.mark.parametrize("style", STYLES)
def test_layers_hear_of_training(style: str, tmp_path: Path) -> None:
    """`fit` says that it is training; `evaluate` and `predict` do not."""
    model = built(WITNESSED, style, tmp_path)
    for run, wanted in (
        (lambda: model.fit(X, Y, verbose=0), {True}),
        (lambda: model.evaluate(X, Y, verbose=0), {False, None}),
        (lambda: model.predict(X, verbose=0), {False, None}),
    ):
        Witness.told.clear()
        run()
        assert Witness.told and set(Witness.told) <= wanted


def test_styles_train_to_the_same_weights(tmp_path: Path) -> None:
    """From the same weights, on the same data, all styles get to the same weights.

    The statistics of the batch normalisation are among them.
    """
    models = {style: built(NORMALISED, style, tmp_path) for style in STYLES}
    first = models[STYLES[0]]
    for style in STYLES[1:]:
        copy_weights(first, models[style])
    for model in models.values():
        model.fit(X, Y, epochs=3, batch_size=8, shuffle=False, verbose=0)
    wanted = weights_by_path(first)
    for style in STYLES[1:]:
        for path, weight in weights_by_path(models[style]).items():
            ours, theirs = (
                keras.ops.convert_to_numpy(item) for item in (weight, wanted[path])
            )
            assert np.allclose(ours, theirs, rtol=1e-5, atol=1e-6), (style, path)
    mean = next(value for path, value in wanted.items() if "moving_mean" in path)
    assert np.abs(keras.ops.convert_to_numpy(mean)).max() > 1e-3


@pytest.mark.parametrize("style", STYLES)
def test_noise_is_for_training_only(style: str, tmp_path: Path) -> None:
    """Dropout and noise are on in training, and off otherwise."""
    model = built(DROPPED, style, tmp_path)
    batch = np.ones((2, 5, 64), dtype="float32")
    idle = [np.asarray(model(batch, training=False)) for _ in range(2)]
    busy = [np.asarray(model(batch, training=True)) for _ in range(2)]
    assert np.array_equal(*idle)
    assert not np.array_equal(*busy)
