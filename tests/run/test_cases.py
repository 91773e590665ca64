"""Every case, in every style: built, compared, trained, saved and loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from tests.goldens import specs, styles_of
from tests.run.modules import (
    assert_same_output,
    batch_for,
    copy_weights,
    leaves,
    load_module,
    source_of,
    weights_by_path,
)

ALL = [pytest.param(path, id=path.stem) for path in specs()]


@pytest.fixture(params=ALL)
def modules(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    """The module of a case in each style that can say it."""
    path = request.param
    text = path.read_text(encoding="utf-8")
    return {
        style: load_module(source_of(text, style, path.name), tmp_path)
        for style in styles_of(path)
    }


def test_is_one_model_in_all_styles(modules: dict[str, Any], tmp_path: Path) -> None:
    """The styles have the same weights and, with them, the same output."""
    models = {style: module.build_model() for style, module in modules.items()}
    batch = batch_for(models["functional"])
    first, *others = models.values()
    for other in others:
        copy_weights(first, other)
        assert_same_output(first, other, batch)
        assert other.count_params() == first.count_params()
        assert other.name == first.name
    for style, model in models.items():
        model.save(tmp_path / f"{style}.keras")
        again = keras.models.load_model(tmp_path / f"{style}.keras")
        assert_same_output(model, again, batch)


def test_trains_every_weight(modules: dict[str, Any]) -> None:
    """Some steps of training change every trainable weight, and keep all finite."""
    batch = batch_for(modules["functional"].build_model())
    for module in modules.values():
        model = module.build_model()
        if hasattr(module, "compile_model"):
            module.compile_model(model)
        else:
            # Adam takes steps of one size, however small a gradient is.
            model.compile(optimizer="adam", loss="mean_squared_error")
        wanted = targets_for(model, batch)
        before = numbers(model)
        model.fit(batch, wanted, epochs=3, batch_size=4, verbose=0)
        after = numbers(model)
        assert all(np.isfinite(one).all() for one in after.values())
        trainable = {id(weight) for weight in model.trainable_weights}
        for path, weight in weights_by_path(model).items():
            if id(weight) in trainable:
                assert not np.array_equal(after[path], before[path]), path


def numbers(model: Any) -> dict[str, Any]:
    """Copies all weights of a model that are numbers."""
    found = {
        path: keras.ops.convert_to_numpy(weight)
        for path, weight in weights_by_path(model).items()
    }
    return {path: one for path, one in found.items() if one.dtype.kind in "fc"}


def targets_for(model: Any, batch: Any) -> Any:
    """Makes targets that are legal for a model's losses, whatever they are.

    Classes for a sparse loss, zeros and ones for any other.
    """
    random = np.random.default_rng(1)

    def target(output: Any, loss: Any) -> Any:
        if "sparse" in str(loss):
            return random.integers(0, output.shape[-1], size=output.shape[:-1])
        return random.integers(0, 2, size=output.shape).astype("float32")

    outputs = model(batch)
    if isinstance(outputs, dict):
        return {key: target(one, model.loss[key]) for key, one in outputs.items()}
    if isinstance(outputs, list):
        return [target(one, model.loss) for one in leaves(outputs)]
    return target(outputs, model.loss)
