"""What a subclassed model of ours can do, and others often cannot."""

from __future__ import annotations

import inspect
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from tests.goldens import specs
from tests.run.modules import load_module, source_of
from tests.startup import environment

ALL = [pytest.param(path, id=path.stem) for path in specs()]


def make(path: Path, directory: Path, **params: object) -> tuple[Any, Any]:
    """Makes the module of a spec in the subclass style, and its class."""
    text = source_of(path.read_text(encoding="utf-8"), "subclass", path.name, **params)
    module = load_module(text, directory)
    classes = [
        var
        for var in vars(module).values()
        if inspect.isclass(var)
        and issubclass(var, keras.Model)
        and var.__module__ == module.__name__
    ]
    assert len(classes) == 1
    return module, classes[0]


@pytest.mark.parametrize("path", ALL)
def test_says_all_of_itself(path: Path, tmp_path: Path) -> None:
    """Before any training, summary and configuration lack nothing."""
    module, model_class = make(path, tmp_path)
    model = module.build_model()
    has_complete_summary(model)
    has_what_the_constructor_takes(model, model_class)


def has_complete_summary(model: Any) -> None:
    """Asserts that every layer has its shape and its weights."""
    printed = io.StringIO()
    model.summary(print_fn=lambda text, **_: printed.write(text), line_length=160)
    text = printed.getvalue()
    assert "?" not in text and "unbuilt" not in text
    assert all(layer.built for layer in model.layers)


def has_what_the_constructor_takes(model: Any, model_class: Any) -> None:
    """Asserts that keys of `get_config`, arguments and attributes agree."""
    base = set(keras.Model.get_config(model))
    own = [
        name
        for name, value in inspect.signature(model_class.__init__).parameters.items()
        if value.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD and name != "self"
    ]
    assert set(model.get_config()) == base | set(own)
    for name in own:
        assert model.get_config()[name] == getattr(model, name)
    again = model_class.from_config(model.get_config())
    assert again.get_config() == model.get_config()


LOAD = """
import sys
import numpy as np
sys.path[:0] = [{directory!r}]
import {module}
import keras
model = keras.models.load_model({saved!r})
np.save({there!r}, np.asarray(model.predict(np.load({here!r}), verbose=0)))
print(model.get_config().get("num_classes"))
"""


def test_reloads_in_a_new_process(tmp_path: Path) -> None:
    """`save`, then `load_model` elsewhere: the same predictions, the param kept."""
    path = next(spec for spec in specs() if spec.stem == "cnn")
    module, _ = make(path, tmp_path, num_classes=7, filters=4)
    model = module.build_model()
    assert model.get_config()["num_classes"] == 7
    batch = np.random.default_rng(0).normal(size=(5, 28, 28, 1)).astype("float32")
    files = {name: str(tmp_path / name) for name in ("in.npy", "out.npy", "m.keras")}
    np.save(files["in.npy"], batch)
    model.save(files["m.keras"])
    script = LOAD.format(
        directory=str(tmp_path),
        module=module.__name__,
        saved=files["m.keras"],
        here=files["in.npy"],
        there=files["out.npy"],
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("7")
    there = np.load(files["out.npy"])
    assert there.shape == (5, 7)
    assert np.array_equal(there, model.predict(batch, verbose=0))
