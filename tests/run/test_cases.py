"""Every case, in every style: built, compared, trained, saved and loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from scaffold.styles import STYLES
from tests.goldens import specs
from tests.run.modules import (
    assert_same_output,
    batch_for,
    copy_weights,
    load_module,
    source_of,
    weights_by_path,
)

ALL = [pytest.param(path, id=path.stem) for path in specs()]


@pytest.fixture(params=ALL)
def modules(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    """The module of a case in each style."""
    path = request.param
    text = path.read_text(encoding="utf-8")
    return {
        style: load_module(source_of(text, style, path.name), tmp_path)
        for style in STYLES
    }


def test_is_one_model_in_all_styles(modules: dict[str, Any], tmp_path: Path) -> None:
    """The styles have the same weights and, with them, the same output."""
    models = {style: module.build_model() for style, module in modules.items()}
    batch = batch_for(models["functional"])
    shapes = [
        {path: tuple(weight.shape) for path, weight in weights_by_path(model).items()}
        for model in models.values()
    ]
    assert shapes[0] == shapes[1] == shapes[2]
    assert len({model.name for model in models.values()}) == 1
    for style in STYLES[1:]:
        copy_weights(models[STYLES[0]], models[style])
        assert_same_output(models[STYLES[0]], models[style], batch)
    for style, model in models.items():
        model.save(tmp_path / f"{style}.keras")
        again = keras.models.load_model(tmp_path / f"{style}.keras")
        assert_same_output(model, again, batch)


@pytest.mark.parametrize("style", STYLES)
def test_trains_every_weight(
    modules: dict[str, Any], style: str, tmp_path: Path
) -> None:
    """Some steps of training change every trainable weight, and keep all finite."""
    module = modules[style]
    model = module.build_model()
    batch = batch_for(modules["functional"].build_model())
    target = np.asarray(model(batch))
    random = np.random.default_rng(1)
    if not hasattr(module, "compile_model"):
        model.compile(optimizer=keras.optimizers.SGD(0.05), loss="mean_squared_error")
        wanted = random.normal(size=target.shape).astype("float32")
    else:
        module.compile_model(model)
        # Classes for a softmax, zeros and ones for anything else: legal for each loss.
        classes = target.shape[-1]
        is_sparse = "sparse" in str(model.loss)
        wanted = random.integers(0, classes if is_sparse else 2, size=len(target))
        if not is_sparse:
            wanted = np.broadcast_to(wanted[:, None], target.shape)
    before = {
        path: keras.ops.convert_to_numpy(one)
        for path, one in weights_by_path(model).items()
    }
    model.fit(batch, wanted, epochs=3, batch_size=4, verbose=0)
    after = weights_by_path(model)
    trainable = {id(one) for one in model.trainable_weights}
    for path, weight in after.items():
        values = keras.ops.convert_to_numpy(weight)
        assert np.isfinite(values).all() if values.dtype.kind == "f" else True
        if id(weight) in trainable:
            assert not np.array_equal(values, before[path]), path
