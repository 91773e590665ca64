"""A param may stand wherever a value may: in every style, with effect."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from scaffold.styles import STYLES
from tests.run.modules import assert_same_output, load_module, source_of
from tests.run.places import BASE, BUILD, GRAPH, Place, layer
from tests.run.training_places import COMPILE, TRAIN

# These are tests of arguments: the models need not learn anything.
pytestmark = pytest.mark.usefixtures("no_shapes")

ENDS = (STYLES[0], STYLES[-1])
"""The styles for sections that all styles write alike: to save time."""


def rows(inputs: Any, param: Any) -> dict[str, Any]:
    """Makes four inline examples for inputs, whatever they are."""
    arguments = next(iter(inputs.values())) if isinstance(inputs, dict) else inputs
    sizes = arguments["shape"] if isinstance(arguments, dict) else arguments
    full = [4, *(work_out(size, param) for size in sizes)]
    x = np.arange(np.prod(full)).reshape(full) % 5
    return {"x": x.tolist(), "y": [1, 2, 3, 4], "predict": x[:1].tolist()}


def work_out(size: Any, param: Any) -> int:
    """Gives the size that an expression of one param is."""
    if isinstance(size, int):
        return size
    terms = {"$p": param}
    if isinstance(param, int):
        terms |= {"$(p // 2)": param // 2, "$(p + 1)": param + 1}
    return int(terms[size])


def written(place: Place, section: str = "") -> str:
    """Writes the spec of a place; JSON is YAML."""
    spec = {**BASE, "params": {"p": place.param[0]}}
    if section:
        spec[section] = {**BASE[section], **place.spec}
    else:
        spec |= place.spec
    train = dict(spec["train"])
    if "x" not in train:
        train = {**rows(spec["inputs"], place.param[0]), **train}
    if section != "train" and "$" not in str(spec["inputs"]):
        # It takes time, and has nothing to do with what is looked at.
        train.pop("predict", None)
    # Without graphs, a step of training takes a tenth of the time.
    spec["compile"] = {**spec["compile"], "run_eagerly": True}
    return json.dumps({**spec, "train": train})


def takes(function: Callable[..., Any]) -> dict[str, Any]:
    """Gives the parameters of a function, with their defaults."""
    parameters = inspect.signature(function).parameters.values()
    return {
        parameter.name: parameter.default
        for parameter in parameters
        if parameter.name != "model"
    }


def same(ours: Any, theirs: Any) -> bool:
    """Compares values; a list is the tuple of its items, floats are 32 bits wide."""
    if isinstance(ours, list | tuple) and isinstance(theirs, list | tuple):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(
            same(value, theirs[key]) for key, value in ours.items()
        )
    if isinstance(ours, float) and isinstance(theirs, float):
        return ours == pytest.approx(theirs, rel=1e-6)
    return type(ours) is type(theirs) and bool(ours == theirs)


def one_step(
    model: Any, x: Any, y: Any, batch_size: int | None = None, **_: object
) -> Any:
    """Trains as `fit` does, but for its loops, which take most of its time."""
    history = keras.callbacks.History()
    history.set_model(model)
    history.on_train_begin()
    step = model.train_on_batch(x[:batch_size], y[:batch_size], return_dict=True)
    history.on_epoch_end(0, step)
    return history


def one_test(
    model: Any, x: Any, y: Any, batch_size: int | None = None, **_: object
) -> Any:
    """Gives what `evaluate` does, of a single batch."""
    return model.test_on_batch(x[:batch_size], y[:batch_size], return_dict=True)


@contextmanager
def watched(
    monkeypatch: pytest.MonkeyPatch, *, is_short: bool = False
) -> Iterator[dict[str, Any]]:
    """Collects the arguments of `compile`, `fit` and `predict`, and the model.

    Args:
        monkeypatch: Undoes it.
        is_short: Whether one step of training is enough.
    """
    result: dict[str, Any] = {}

    def watch(patch: pytest.MonkeyPatch, method: str, *names: str) -> None:
        original = getattr(keras.Model, method)
        if is_short and method == "fit":
            original = one_step

        def called(self: Any, *args: Any, **kwargs: Any) -> Any:
            result.update(zip(names, args, strict=False), model=self)
            if method != "predict":
                result.update(kwargs)
            return original(self, *args, **kwargs)

        patch.setattr(keras.Model, method, called)

    with monkeypatch.context() as patch:
        if is_short:
            patch.setattr(keras.Model, "evaluate", one_test)
        watch(patch, "compile")
        watch(patch, "fit", "x", "y")
        watch(patch, "predict", "new")
        yield result


def assert_works(
    module: Any,
    monkeypatch: pytest.MonkeyPatch,
    printed: Callable[[], str],
    path: Path,
    *,
    is_short: bool = False,
) -> dict[str, Any]:
    """Asserts that a module trains, and that its trained model comes back from a file.

    Returns:
        The arguments of `compile` and `fit`.
    """
    with watched(monkeypatch, is_short=is_short) as results:
        module.main()
    text = printed()
    assert re.search(r"^loss: -?\d+(\.\d+)?(e[-+]\d+)?$", text, re.MULTILINE), text
    assert text.count(" -> ") == len(results.get("new", ()))
    model = results["model"]
    model.save(path)
    again = keras.models.load_model(path)
    assert_same_output(model, again, results["x"])
    assert same(again.get_config(), model.get_config())
    return results


def parametrised(
    *groups: dict[str, Place], styles: Any = STYLES
) -> pytest.MarkDecorator:
    """Gives every place of some groups in every style that can say it."""
    params = [
        pytest.param(place, style, id=f"{name}-{style}")
        for group in groups
        for name, place in group.items()
        for style in styles
        if group is not GRAPH or style != "sequential"
    ]
    return pytest.mark.parametrize(("place", "style"), params)


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Gives what was printed since it was last called."""
    return lambda: capsys.readouterr().out


@parametrised(BUILD, GRAPH)
def test_in_the_model(
    place: Place,
    style: str,
    tmp_path: Path,
    printed: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A param of the model takes another value in `build_model`, and is stored."""
    module = load_module(source_of(written(place), style), tmp_path)
    default, other = place.param
    assert same(takes(module.build_model).get("p"), default)
    assert "p" not in takes(module.compile_model)
    path = tmp_path / "model.keras"
    assert_works(module, monkeypatch, printed, path, is_short=True)
    model, changed = module.build_model(), module.build_model(p=other)
    assert same(place.seen(model), default)
    assert same(place.seen(changed), other)
    if style == "subclass":
        assert same(model.get_config()["p"], default)
        changed.save(tmp_path / "changed.keras")
        again = keras.models.load_model(tmp_path / "changed.keras")
        assert same(again.get_config()["p"], other)
        assert same(place.seen(again), other)


@parametrised(COMPILE, styles=ENDS)
def test_in_compile(
    place: Place,
    style: str,
    tmp_path: Path,
    printed: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A param under `compile` takes another value in `compile_model`."""
    module = load_module(source_of(written(place, "compile"), style), tmp_path)
    default, other = place.param
    assert not takes(module.build_model)
    assert same(takes(module.compile_model), {"p": default})
    assert not takes(module.main)
    path = tmp_path / "model.keras"
    result = assert_works(module, monkeypatch, printed, path, is_short=True)
    assert same(place.seen(result), default)
    with watched(monkeypatch) as result:
        module.compile_model(module.build_model(), p=other)
    assert same(place.seen(result), other)


@parametrised(TRAIN, styles=ENDS)
def test_in_train(
    place: Place,
    style: str,
    tmp_path: Path,
    printed: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A param under `train` takes another value in `main`."""
    module = load_module(source_of(written(place, "train"), style), tmp_path)
    default, other = place.param
    assert not takes(module.build_model)
    assert not takes(module.compile_model)
    assert same(takes(module.main), {"p": default})
    result = assert_works(module, monkeypatch, printed, tmp_path / "model.keras")
    assert same(place.seen(result), default)
    with watched(monkeypatch, is_short=True) as result:
        module.main(p=other)
    assert same(place.seen(result), other)


HEADS = """
params: {kind: mae, weight: 0.25, metric: mse, threshold: 0.75}
inputs: [4]
layers:
  - body = Dense(3)
  - one = Dense(1) <- body
  - other = Dense(1) <- body
outputs: {one: one, other: other}
compile:
  loss: {one: $kind, other: mse}
  loss_weights: {one: $weight, other: $(1 - weight)}
  metrics: {one: [$metric], other: BinaryAccuracy(threshold=threshold)}
  run_eagerly: true
"""


@pytest.mark.parametrize("style", STYLES[1:])
def test_in_dictionaries(
    style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Params stand in what `compile` takes by output as well."""
    module = load_module(source_of(HEADS, style), tmp_path)
    assert takes(module.compile_model) == {
        "kind": "mae",
        "weight": 0.25,
        "metric": "mse",
        "threshold": 0.75,
    }
    model = module.build_model()
    with watched(monkeypatch) as results:
        module.compile_model(model, kind="mse", weight=0.5, threshold=0.5)
    assert results["loss"] == {"one": "mse", "other": "mse"}
    assert results["loss_weights"] == {"one": 0.5, "other": 0.5}
    assert results["metrics"]["one"] == ["mse"]
    x = np.ones((2, 4))
    model.fit(x, {"one": x[:, :1], "other": x[:, :1]}, verbose=0)


SHARED = """
params: {steps: 2, rate: 0.5, units: 3}
inputs: [$steps]
layers:
  - Dense(units, kernel_regularizer=L2(rate))
  - Dropout(rate)
  - Dense(1)
compile: {optimizer: SGD(learning_rate=rate / 100), loss: mse, run_eagerly: true}
train: {x: [[1, $rate], [3, 4]], y: [$units, 2], epochs: $steps, verbose: 0}
"""


@pytest.mark.parametrize("style", STYLES)
def test_in_several_sections(
    style: str,
    tmp_path: Path,
    printed: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each function takes the params that it uses, in the order of the spec."""
    module = load_module(source_of(SHARED, style), tmp_path)
    every = [("steps", 2), ("rate", 0.5), ("units", 3)]
    assert [*takes(module.build_model).items()] == every
    assert [*takes(module.compile_model).items()] == every[1:2]
    assert [*takes(module.main).items()] == every
    results = assert_works(module, monkeypatch, printed, tmp_path / "model.keras")
    assert results["x"].tolist() == [[1.0, 0.5], [3.0, 4.0]]
    assert results["y"].tolist() == [3, 2]
    assert results["epochs"] == 2


@pytest.mark.parametrize("style", STYLES)
def test_set_from_outside(style: str, tmp_path: Path) -> None:
    """A default that is set when the code is written is the one of each function."""
    text = source_of(SHARED, style, rate=0.25, units="7")
    module = load_module(text, tmp_path)
    for function in (module.build_model, module.compile_model, module.main):
        assert takes(function)["rate"] == 0.25
    assert layer(0, "units")(module.build_model()) == 7
    assert layer(1, "rate")(module.build_model()) == 0.25
