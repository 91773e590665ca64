"""A param may stand wherever a value may: in every style, with effect."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np
import pytest

from scaffold.styles import STYLES
from tests.run.modules import assert_same_output, load_module, source_of

ENDS = (STYLES[0], STYLES[-1])
"""The styles for sections that all styles write alike: to save time."""

OWN = "tests.cases.own_layers:Scale"


class Place(NamedTuple):
    """A place where a param stands.

    Attributes:
        spec: What the spec has there; the rest is as in `BASE`.
        param: The param's default, and another value for it.
        seen: Looks the value up in what came of it: in the built model, or in the
            arguments of `compile` or `fit`.
    """

    spec: dict[str, Any]
    param: tuple[Any, Any]
    seen: Callable[[Any], Any]


BASE: dict[str, Any] = {
    "inputs": [4],
    "layers": ["Dense(3)", "Dense(1)"],
    "compile": {"optimizer": "sgd", "loss": "mse"},
    "train": {"epochs": 1, "verbose": 0},
}
"""What a spec has in the places that are not looked at. Its data is `rows`."""


def chain(*entries: object, inputs: object = (4,)) -> dict[str, Any]:
    """Gives a spec's inputs and layers; one number an example comes out."""
    return {"inputs": inputs, "layers": [*entries, "Flatten", "Dense(1)"]}


def images(*entries: object) -> dict[str, Any]:
    """Gives a spec of layers for images."""
    return chain(*entries, inputs=[8, 8, 1])


def made(model: Any) -> list[Any]:
    """Gives the layers of a model that the spec names."""
    return [one for one in model.layers if not isinstance(one, keras.layers.InputLayer)]


def first(model: Any) -> Any:
    """Gives the layer that takes a model's input."""
    return made(model)[0]


def layer(index: int, what: str) -> Callable[[Any], Any]:
    """Looks an argument of a model's layer up, in the layer's configuration."""

    def seen(model: Any) -> Any:
        value = made(model)[index].get_config()
        for key in what.split("."):
            value = value[int(key) if key.isdigit() else key]
        return value

    return seen


def rows_of_kernel(model: Any) -> int:
    """Gives the size of what a model's first weight is multiplied by."""
    return int(model.weights[0].shape[0])


def factor(model: Any) -> float:
    """Gives the number by which a model multiplies its input, before its last layer."""
    kernel = keras.ops.sum(model.weights[0])
    return float(keras.ops.squeeze(model(np.ones((1, 4))) / kernel))


def is_causal(model: Any) -> bool:
    """Tells whether what a model makes of the first step depends on no other."""
    steps = np.arange(8.0).reshape(1, 4, 2)
    later = steps.copy()
    later[:, 1:] += 5.0
    return bool(keras.ops.all(keras.ops.isclose(model(steps), model(later))))


def argument(what: str) -> Callable[[Any], Any]:
    """Looks an argument of `compile` or `fit` up."""
    return lambda given: given[what]


def at(what: str, *path: str) -> Callable[[Any], Any]:
    """Looks an object up in an argument, and what it was made with."""

    def seen(given: Any) -> Any:
        value = given[what]
        for key in path:
            if isinstance(value, list | tuple):
                value = value[int(key)]
            elif isinstance(value, dict):
                value = value[key]
            elif isinstance(value, keras.callbacks.Callback):
                value = getattr(value, key)
            else:
                value = value.get_config()[key]
        return value

    return seen


BUILD = {
    # Inputs.
    "size": Place(chain(inputs=["$p"]), (4, 6), rows_of_kernel),
    "size_of_one": Place(chain(inputs=["$p"]), (1, 2), rows_of_kernel),
    "size_of_plain_numbers": Place(
        chain(inputs=["$p"])
        | {"train": {**BASE["train"], "x": [1, 2, 3], "y": [1, 2, 3], "predict": [4]}},
        (1, 2),
        rows_of_kernel,
    ),
    "size_by_name": Place(chain(inputs={"a": ["$p"]}), (4, 6), rows_of_kernel),
    "size_by_arithmetic": Place(
        chain(inputs=["$(p // 2)", "$(p + 1)"]),
        (4, 6),
        lambda model: {10: 4, 21: 6}[rows_of_kernel(model)],
    ),
    "batch_size": Place(
        chain(inputs={"a": {"shape": [4], "batch_size": "$p"}})
        | {"train": {**BASE["train"], "batch_size": 2}},
        (2, 4),
        lambda model: first(model).input.shape[0],
    ),
    "input_dtype": Place(
        chain("Embedding(9, 2)") | {"inputs": {"a": {"shape": [4], "dtype": "$p"}}},
        ("int32", "int64"),
        lambda model: first(model).input.dtype,
    ),
    # Arguments of layers.
    "leading": Place(chain("Dense(p)"), (3, 5), layer(0, "units")),
    "leading_in_keys": Place(chain({"Dense": "$p"}), (3, 5), layer(0, "units")),
    "keyword": Place(
        chain("Dense(2, use_bias=p)"), (True, False), layer(0, "use_bias")
    ),
    "keyword_in_keys": Place(
        chain({"Dense": {"units": 2, "use_bias": "$p"}}),
        (False, True),
        layer(0, "use_bias"),
    ),
    "string": Place(
        chain("Dense(2, activation=p)"), ("relu", "tanh"), layer(0, "activation")
    ),
    "choice": Place(
        images("Conv2D(2, 3, padding=p)"),
        ("same", "valid"),
        layer(0, "padding"),
    ),
    "object_by_name": Place(
        chain("Dense(2, kernel_initializer=p)"),
        ("zeros", "he_normal"),
        lambda model: {"Zeros": "zeros", "HeNormal": "he_normal"}[
            layer(0, "kernel_initializer.class_name")(model)
        ],
    ),
    "fraction": Place(chain("Dropout(p)"), (0.25, 0.5), layer(0, "rate")),
    "in_a_tuple": Place(images("Conv2D(2, (p, 3))"), (2, 4), layer(0, "kernel_size.0")),
    "in_a_list": Place(
        images({"Conv2D": {"filters": 2, "kernel_size": [3, "$p"]}}),
        (2, 4),
        layer(0, "kernel_size.1"),
    ),
    "in_a_shape": Place(chain("Reshape((p, -1))"), (2, 4), layer(0, "target_shape.0")),
    "deep_in_lists": Place(
        images({"ZeroPadding2D": [[["$p", 0], [0, "$(p * 2)"]]]}),
        (1, 2),
        lambda model: layer(0, "padding.1.1")(model) // 2,
    ),
    "whole_list": Place(
        chain("Reshape(p)"), ([2, 2], [4, 1]), lambda m: [*layer(0, "target_shape")(m)]
    ),
    "list_for_a_size": Place(
        images("Conv2D(2, p)"),
        ([3, 3], [2, 4]),
        lambda model: [*layer(0, "kernel_size")(model)],
    ),
    "none": Place(
        chain("Dense(2, activation=p)"),
        (None, "tanh"),
        lambda model: layer(0, "activation")(model).replace("linear", "") or None,
    ),
    "in_an_object": Place(
        chain("Dense(2, kernel_regularizer=L2(p))"),
        (0.5, 0.25),
        layer(0, "kernel_regularizer.config.l2"),
    ),
    "in_an_object_in_keys": Place(
        chain({"Dense": {"units": 2, "kernel_regularizer": {"L1L2": {"l1": "$p"}}}}),
        (0.5, 0.25),
        layer(0, "kernel_regularizer.config.l1"),
    ),
    "in_an_inner_layer": Place(
        chain("Bidirectional(LSTM(p))", inputs=[4, 2]),
        (2, 3),
        layer(0, "layer.config.units"),
    ),
    "deep_in_objects": Place(
        chain("TimeDistributed(Dense(2, bias_regularizer=L2(p)))", inputs=[4, 2]),
        (0.5, 0.25),
        layer(0, "layer.config.bias_regularizer.config.l2"),
    ),
    "in_a_list_of_objects": Place(
        chain("RNN([LSTMCell(2), GRUCell(p)])", inputs=[4, 2]),
        (2, 3),
        layer(0, "cell.config.cells.1.config.units"),
    ),
    "long_arithmetic": Place(
        chain("Dense(-(1 - p) * 2 ** 2 // 2 + p % 2)"),
        (3, 6),
        lambda model: {5: 3, 10: 6}[layer(0, "units")(model)],
    ),
    "arithmetic_in_a_tuple": Place(
        images("Conv2D(2, (p + 1, p))"), (2, 3), layer(0, "kernel_size.1")
    ),
    "arithmetic_in_an_object": Place(
        chain("Dense(2, kernel_regularizer=L2(p / 2))"),
        (0.5, 0.25),
        lambda model: layer(0, "kernel_regularizer.config.l2")(model) * 2,
    ),
    "negation": Place(
        chain("Dense(2, use_bias=not p)"),
        (True, False),
        lambda model: not layer(0, "use_bias")(model),
    ),
    "comparison": Place(
        chain("Dense(2, use_bias=p > 2)"),
        (3, 1),
        lambda model: 3 if layer(0, "use_bias")(model) else 1,
    ),
    "own_layer": Place(
        chain("Scale(p)") | {"imports": {"Scale": OWN}}, (2.0, 3.0), layer(0, "factor")
    ),
}
"""Places in the model itself: the param is one of `build_model`."""

GRAPH = {
    "operation": Place(chain("ops.multiply(x2=p)"), (2.0, 3.0), factor),
    "axis_of_an_operation": Place(
        chain("ops.sum(axis=p)", inputs=[4, 6]),
        (1, 2),
        lambda model: {6: 1, 4: 2}[rows_of_kernel(model)],
    ),
    "in_a_tuple_of_an_operation": Place(
        chain("ops.sum(axis=(p, 3))", inputs=[4, 6, 2]),
        (1, 2),
        lambda model: {6: 1, 4: 2}[rows_of_kernel(model)],
    ),
    "argument_of_a_call": Place(
        chain(
            "x = Identity()",
            "MultiHeadAttention(1, 2) <- x, x, use_causal_mask=p",
            "ops.take(indices=0, axis=1)",
            inputs=[4, 2],
        ),
        (True, False),
        is_causal,
    ),
    "argument_of_a_call_in_keys": Place(
        chain(
            {"Identity": None, "name": "x"},
            {
                "MultiHeadAttention": [1, 2],
                "from": ["x", "x"],
                "call": {"use_causal_mask": "$p"},
            },
            "ops.take(indices=0, axis=1)",
            inputs=[4, 2],
        ),
        (False, True),
        is_causal,
    ),
    "layer_of_a_graph": Place(
        chain("x = Dense(p)", "y = Dense(p) <- x", "Add() <- x, y"),
        (2, 3),
        layer(1, "units"),
    ),
    "layer_that_is_used_twice": Place(
        chain("x = Dense(4, use_bias=p)", "again = reuse(x)"),
        (True, False),
        layer(0, "use_bias"),
    ),
    "merge": Place(
        chain("x = Dense(3)", "y = Dense(3) <- x", "Concatenate(axis=p) <- x, y"),
        (-1, 1),
        layer(2, "axis"),
    ),
}
"""Places that only graphs have."""

COMPILE = {
    "optimizer": Place({"optimizer": "$p"}, ("sgd", "adam"), argument("optimizer")),
    "rate": Place(
        {"optimizer": "SGD(learning_rate=p)"},
        (0.5, 0.25),
        at("optimizer", "learning_rate"),
    ),
    "rate_in_keys": Place(
        {"optimizer": {"Adam": {"beta_1": "$p"}}},
        (0.5, 0.25),
        at("optimizer", "beta_1"),
    ),
    "schedule": Place(
        {"optimizer": "Adam(learning_rate=ExponentialDecay(0.1, p * 2, 0.5))"},
        (5, 6),
        lambda given: at("optimizer", "learning_rate", "config", "decay_steps")(given)
        // 2,
    ),
    "loss": Place({"loss": "$p"}, ("mse", "mae"), argument("loss")),
    "in_the_loss": Place(
        {"loss": "BinaryCrossentropy(label_smoothing=p)"},
        (0.5, 0.25),
        at("loss", "label_smoothing"),
    ),
    "in_the_loss_in_keys": Place(
        {"loss": {"BinaryCrossentropy": {"label_smoothing": "$(p / 2)"}}},
        (0.5, 0.25),
        lambda given: at("loss", "label_smoothing")(given) * 2,
    ),
    "loss_weights": Place(
        {"loss_weights": "$p"}, (0.5, 0.25), argument("loss_weights")
    ),
    "in_loss_weights": Place(
        {"loss_weights": ["$p"]}, (0.5, 0.25), at("loss_weights", "0")
    ),
    "metric": Place({"metrics": ["$p"]}, ("mae", "mse"), at("metrics", "0")),
    "in_a_metric": Place(
        {"metrics": ["BinaryAccuracy(threshold=p)"]},
        (0.5, 0.25),
        at("metrics", "0", "threshold"),
    ),
    "in_the_only_metric": Place(
        {"metrics": "BinaryAccuracy(threshold=p)"},
        (0.5, 0.25),
        at("metrics", "0", "threshold"),
    ),
}
"""Places under `compile`: the param is one of `compile_model`."""

TRAIN = {
    "epochs": Place({"epochs": "$p"}, (1, 2), argument("epochs")),
    "epochs_by_arithmetic": Place(
        {"epochs": "$(p * 2)"}, (1, 2), lambda given: given["epochs"] // 2
    ),
    "rows_in_a_batch": Place({"batch_size": "$p"}, (2, 3), argument("batch_size")),
    "shuffle": Place({"shuffle": "$p"}, (True, False), argument("shuffle")),
    "callback": Place(
        {"callbacks": ["EarlyStopping(monitor='loss', patience=p)"]},
        (1, 2),
        at("callbacks", "0", "patience"),
    ),
    "only_callback": Place(
        {"callbacks": "EarlyStopping(monitor=p)"},
        ("loss", "val_loss"),
        at("callbacks", "0", "monitor"),
    ),
    "callback_in_keys": Place(
        {"callbacks": [{"EarlyStopping": {"monitor": "loss", "min_delta": "$p"}}]},
        (0.5, 0.25),
        lambda given: abs(at("callbacks", "0", "min_delta")(given)),
    ),
    "validation_split": Place(
        {"validation_split": "$p"}, (0.25, 0.5), argument("validation_split")
    ),
    "in_x": Place(
        {"x": [["$p", 2, 3, 4], [1, 2, 3, 4]], "y": [1, 2]},
        (5, 6),
        lambda given: int(given["x"][0][0]),
    ),
    "all_of_x": Place(
        {"x": "$p", "y": [1]},
        ([[1.0, 2.0, 3.0, 4.0]], [[5.0, 6.0, 7.0, 8.0]]),
        lambda given: given["x"].tolist(),
    ),
    "row_of_x": Place(
        {"x": ["$p", [1, 2, 3, 4]], "y": [1, 2]},
        ([1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]),
        lambda given: given["x"][0].tolist(),
    ),
    "arithmetic_in_x": Place(
        {"x": [[1, "$(p * 2)", 3, 4], [1, 2, 3, 4]], "y": [1, 2]},
        (0.5, 0.25),
        lambda given: float(given["x"][0][1]) / 2,
    ),
    "in_y": Place(
        {"x": [[1, 2, 3, 4], [1, 2, 3, 4]], "y": ["$p", 2]},
        (0.5, 0.25),
        lambda given: float(given["y"][0]),
    ),
    "all_of_y": Place(
        {"x": [[1, 2, 3, 4], [1, 2, 3, 4]], "y": "$p"},
        ([1, 2], [3, 4]),
        lambda given: given["y"].tolist(),
    ),
    "in_predict": Place(
        {"predict": [["$p", 2, 3, 4]]}, (5, 6), lambda given: int(given["new"][0][0])
    ),
    "all_of_predict": Place(
        {"predict": "$p"},
        ([[1.0, 2.0, 3.0, 4.0]], [[5.0, 6.0, 7.0, 8.0]]),
        lambda given: given["new"].tolist(),
    ),
    "in_x_and_predict": Place(
        {"x": [["$p", 2, 3, 4]], "y": [1], "predict": [["$(p + 1)", 2, 3, 4]]},
        (5, 6),
        lambda given: int(given["new"][0][0]) - 1,
    ),
}
"""Places under `train`: the param is one of `main`."""


def rows(inputs: Any, param: Any) -> dict[str, Any]:
    """Makes four inline examples for inputs, whatever they are."""
    given = next(iter(inputs.values())) if isinstance(inputs, dict) else inputs
    sizes = given["shape"] if isinstance(given, dict) else given
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
    found = inspect.signature(function).parameters.values()
    return {one.name: one.default for one in found if one.name != "model"}


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
) -> None:
    """Trains as `fit` does, but for its loops, which take most of its time."""
    model.train_on_batch(x[:batch_size], y[:batch_size])


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
    found: dict[str, Any] = {}

    def watch(patch: pytest.MonkeyPatch, method: str, *names: str) -> None:
        original = getattr(keras.Model, method)
        if is_short and method == "fit":
            original = one_step

        def called(self: Any, *args: Any, **kwargs: Any) -> Any:
            found.update(zip(names, args, strict=False), model=self)
            if method != "predict":
                found.update(kwargs)
            return original(self, *args, **kwargs)

        patch.setattr(keras.Model, method, called)

    with monkeypatch.context() as patch:
        if is_short:
            patch.setattr(keras.Model, "evaluate", one_test)
        watch(patch, "compile")
        watch(patch, "fit", "x", "y")
        watch(patch, "predict", "new")
        yield found


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
    with watched(monkeypatch, is_short=is_short) as found:
        module.main()
    text = printed()
    assert re.search(r"^loss: -?\d+\.\d{4}$", text, re.MULTILINE), text
    assert text.count(" -> ") == len(found.get("new", ()))
    model = found["model"]
    model.save(path)
    again = keras.models.load_model(path)
    assert_same_output(model, again, found["x"])
    assert same(again.get_config(), model.get_config())
    return found


def parametrised(
    *groups: dict[str, Place], styles: Any = STYLES
) -> pytest.MarkDecorator:
    """Gives every place of some groups in every style that can say it."""
    found = [
        pytest.param(place, style, id=f"{name}-{style}")
        for group in groups
        for name, place in group.items()
        for style in styles
        if group is not GRAPH or style != "sequential"
    ]
    return pytest.mark.parametrize(("place", "style"), found)


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
    found = assert_works(module, monkeypatch, printed, path, is_short=True)
    assert same(place.seen(found), default)
    with watched(monkeypatch) as found:
        module.compile_model(module.build_model(), p=other)
    assert same(place.seen(found), other)


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
    found = assert_works(module, monkeypatch, printed, tmp_path / "model.keras")
    assert same(place.seen(found), default)
    with watched(monkeypatch, is_short=True) as found:
        module.main(p=other)
    assert same(place.seen(found), other)


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
    with watched(monkeypatch) as found:
        module.compile_model(model, kind="mse", weight=0.5, threshold=0.5)
    assert found["loss"] == {"one": "mse", "other": "mse"}
    assert found["loss_weights"] == {"one": 0.5, "other": 0.5}
    assert found["metrics"]["one"] == ["mse"]
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
    found = assert_works(module, monkeypatch, printed, tmp_path / "model.keras")
    assert found["x"].tolist() == [[1.0, 0.5], [3.0, 4.0]]
    assert found["y"].tolist() == [3, 2]
    assert found["epochs"] == 2


@pytest.mark.parametrize("style", STYLES)
def test_set_from_outside(style: str, tmp_path: Path) -> None:
    """A default that is set when the code is written is the one of each function."""
    text = source_of(SHARED, style, rate=0.25, units="7")
    module = load_module(text, tmp_path)
    for function in (module.build_model, module.compile_model, module.main):
        assert takes(function)["rate"] == 0.25
    assert layer(0, "units")(module.build_model()) == 7
    assert layer(1, "rate")(module.build_model()) == 0.25
