"""Every preset learns its task, in the simplest style that can say it.

Held-out errors are compared with what the most trivial answer gets.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np
import pytest

from scaffold.spec import preset_names, preset_path
from tests.goldens import PRESETS
from tests.run import preset_data as data
from tests.run.modules import load_module, source_of
from tests.run.preset_data import Split

SECONDS = 120
"""The most processor time that training may take, by far."""


class Errors(NamedTuple):
    """What is wrong on held-out data, by one measure.

    Attributes:
        model: The model's error.
        trivial: That of an answer which looks at nothing, or at next to nothing.
    """

    model: float
    trivial: float


Judge = Callable[[Any, Split], tuple[Errors, ...]]
"""Compares what a model predicts of held-out data with what is so."""


def _classes(predicted: Any, split: Split) -> tuple[Errors, ...]:
    """The share of wrong classes; the trivial answer is the most frequent one."""
    return (_wrong(predicted.argmax(axis=-1), split.y, split.held_y),)


def _yes_or_no(predicted: Any, split: Split) -> tuple[Errors, ...]:
    """The share of wrong answers; the trivial one is the most frequent."""
    return (_wrong(predicted[:, 0] > 0.5, split.y, split.held_y),)


def _wrong(predicted: Any, known: Any, wanted: Any) -> Errors:
    frequent = np.bincount(known.ravel()).argmax()
    return Errors(np.mean(predicted != wanted), np.mean(frequent != wanted))


def _numbers(predicted: Any, split: Split) -> tuple[Errors, ...]:
    """The mean squared error; the trivial answer is the mean."""
    return (_squared(predicted, split.held_y, split.y.mean(axis=0)),)


def _squared(predicted: Any, wanted: Any, trivial: Any) -> Errors:
    return Errors(
        np.mean((predicted.reshape(wanted.shape) - wanted) ** 2),
        np.mean((trivial - wanted) ** 2),
    )


def _next_step(predicted: Any, split: Split) -> tuple[Errors, ...]:
    """The mean squared error; trivial answers are the last value, and the mean."""
    last = split.held_x[:, -1, 0]
    return (
        _squared(predicted, split.held_y, last),
        _squared(predicted, split.held_y, split.y.mean()),
    )


def _category_and_amount(predicted: Any, split: Split) -> tuple[Errors, ...]:
    """The errors of a class and of a number: each is to be clearly better."""
    categories = predicted["category"].argmax(axis=-1)
    mean = split.y["amount"].mean()
    return (
        _wrong(categories, split.y["category"], split.held_y["category"]),
        _squared(predicted["amount"], split.held_y["amount"], mean),
    )


def _pixels(predicted: Any, split: Split) -> tuple[Errors, ...]:
    """The share of wrong pixels; of those in a shape as well, where 1 is a guess."""
    kinds = predicted.argmax(axis=-1)
    inside = split.held_y > 0
    known = split.y[split.y > 0]
    return (
        _wrong(kinds, split.y, split.held_y),
        _wrong(kinds[inside], known, split.held_y[inside]),
    )


class Case(NamedTuple):
    """How a preset is trained.

    Attributes:
        data: Makes the data.
        judge: Finds the errors on what is held out.
        most: How much of each trivial error may be left.
        epochs: How often all examples are gone through.
        params: Arguments of `build_model`: small ones.
    """

    data: Callable[[], Split]
    judge: Judge
    most: tuple[float, ...]
    epochs: int
    params: Mapping[str, Any] = {}


TEXTS = {"vocab_size": 60, "embed_dim": 32}

CASES = {
    "adaptive_depth": Case(data.flat_digits_by_class, _classes, (0.1,), 12),
    "autoencoder": Case(
        data.flat_digits, _numbers, (0.4,), 10, {"num_features": 64, "latent_dim": 8}
    ),
    "cnn": Case(data.digits(3, 2), _classes, (0.15,), 4, {"filters": 8}),
    "linear_regression": Case(data.petals, _numbers, (0.25,), 30),
    "logistic_regression": Case(data.tumours, _yes_or_no, (0.2,), 20),
    "mlp": Case(
        data.wines, _classes, (0.15,), 30, {"num_features": 13, "num_classes": 3}
    ),
    "multi_task": Case(data.growers_and_colors, _category_and_amount, (0.2, 0.7), 60),
    "resnet": Case(
        data.digits(1, 0),
        _classes,
        (0.15,),
        4,
        {"image_size": 8, "channels": 1, "num_blocks": 1},
    ),
    "siamese": Case(
        data.pairs_of_digits, _yes_or_no, (0.4,), 4, {"image_size": 8, "filters": 8}
    ),
    "text_classifier": Case(data.reports, _classes, (0.3,), 5, {**TEXTS, "units": 32}),
    "time_series_forecaster": Case(
        data.waves, _next_step, (0.6, 0.2), 12, {"window": 24, "units": 16}
    ),
    "transformer_classifier": Case(
        data.reports,
        _classes,
        (0.4,),
        8,
        {**TEXTS, "max_length": 12, "num_heads": 2, "num_blocks": 1},
    ),
    "tree_rnn": Case(
        data.expressions, _classes, (0.4,), 10, {"vocab_size": 7, "units": 16}
    ),
    "two_tower": Case(
        data.likes, _yes_or_no, (0.5,), 10, {"num_users": 120, "num_items": 80}
    ),
    "unet": Case(
        data.shapes,
        _pixels,
        (0.3, 0.3),
        12,
        {"image_size": 16, "channels": 1, "filters": 8},
    ),
    "wide_and_deep": Case(
        data.visits,
        _yes_or_no,
        (0.4,),
        12,
        {"num_numeric": 2, "num_categorical": 3, "num_categories": 12},
    ),
}


def test_every_preset_has_a_case() -> None:
    """No preset is left out, and none has gone."""
    assert set(CASES) == set(preset_names()) == set(PRESETS)


@pytest.mark.parametrize("name", CASES)
def test_learns(name: str, tmp_path: Path) -> None:
    """On data held out, a preset is clearly better than a trivial answer."""
    case = CASES[name]
    path = preset_path(name)
    assert path is not None
    style = PRESETS[name]
    text = source_of(path.read_text(encoding="utf-8"), style, path.name)
    module: Any = load_module(text, tmp_path)
    split = case.data()
    keras.utils.set_random_seed(0)
    started = time.process_time()
    model = module.build_model(**case.params)
    module.compile_model(model)
    for layer in model.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.adapt(split.x)
    model.fit(split.x, split.y, epochs=case.epochs, verbose=0)
    assert time.process_time() - started < SECONDS
    result = case.judge(model.predict(split.held_x, verbose=0), split)
    for errors, most in zip(result, case.most, strict=True):
        assert errors.model <= most * errors.trivial, result


def test_autoencoder_gives_its_codes(tmp_path: Path) -> None:
    """In the sequential style the encoder is a model by itself, as its comment says."""
    path = preset_path("autoencoder")
    assert path is not None
    text = source_of(path.read_text(encoding="utf-8"), "sequential", path.name)
    model = load_module(text, tmp_path).build_model(num_features=64, latent_dim=8)
    encoder = model.get_layer("encoder")
    assert isinstance(encoder, keras.Sequential)
    assert encoder(data.flat_digits().held_x).shape == (450, 8)
