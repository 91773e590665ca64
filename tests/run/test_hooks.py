"""With overridden methods, a model trains to the very same numbers as without.

`make test-backends` runs this on the other backends of Keras.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np
import pytest

from scaffold.diagnostics import report
from scaffold.ir.hooks import METHODS
from scaffold.pipeline import Source, generate
from tests.run.modules import load_module
from tests.startup import environment
from tests.verify.corpus import BACKEND

ONE = """
inputs: [4]
layers:
  - Dense(8, kernel_regularizer=L2(0.1), activity_regularizer=L2(0.2))
  - BatchNormalization
  - Dropout(0.5)
  - Dense(1)
compile:
  optimizer: Adam(learning_rate=0.01, clipnorm=1.0)
  loss: mse
  metrics: [mae]
  weighted_metrics: [mse]
"""

FLOAT16 = """
inputs: [4]
layers:
  - ops.multiply(x2=0.333)
  - Dense(4)
  - Add() <- multiply, dense
  - Dense(1)
compile: {optimizer: adam, loss: mse, metrics: [mae]}
"""

COMPILED = """
inputs: [4]
layers: [Dense(1)]
compile: {optimizer: sgd, loss: mse, jit_compile: true}
"""

_TWO = """
inputs: {left: [4], right: [4]}
layers:
  - first = Dense(2) <- left
  - second = Dense(1) <- right
"""

LIST = f"""{_TWO}
outputs: [first, second]
compile: {{loss: [mse, mae], metrics: [[mae], [mse]], loss_weights: [0.5, 2]}}
"""

DICTIONARY = f"""{_TWO}
outputs: {{a: first, b: second}}
compile: {{loss: {{a: mse, b: mae}}, metrics: {{a: [mae]}}, optimizer: rmsprop}}
"""

RANDOM = np.random.default_rng(0)
X, WEIGHTS = RANDOM.normal(size=(21, 4)), RANDOM.uniform(0.1, 2.0, size=21)
Y, WIDE = X.sum(axis=1, keepdims=True), X[:, :2]
BOTH = {"left": X, "right": X + 1.0}


class Case(NamedTuple):
    """What a model is trained on, and how."""

    spec: str
    x: Any = X
    y: Any = Y
    sample_weight: Any = None
    policy: str = "float32"
    is_saved: bool = False


CASES = {
    "one": Case(ONE, sample_weight=WEIGHTS),
    "list": Case(LIST, BOTH, [WIDE, Y], [WEIGHTS, WEIGHTS]),
    "dictionary": Case(
        DICTIONARY, BOTH, {"a": WIDE, "b": Y}, {"a": WEIGHTS, "b": WEIGHTS}
    ),
    "float16": Case(FLOAT16, policy="mixed_float16"),
    "compiled": Case(COMPILED),
    "saved": Case(ONE, is_saved=True),
}
if BACKEND == "torch":
    # PyTorch compiles with a compiler of C++, for a minute.
    del CASES["compiled"]


def text_of(
    spec: str, methods: tuple[str, ...], *, is_distributed: bool = False
) -> str:
    """Generates a spec's source for the backend at hand, in the subclass style."""
    source = Source(
        spec.encode(), "model.yaml", methods=methods, is_distributed=is_distributed
    )
    result, checked = generate(source, "subclass", backend=BACKEND)
    assert result is not None, report(checked.diagnostics, "text", {"model.yaml": spec})
    return result.text


@contextmanager
def precision(policy: str) -> Iterator[None]:
    """Sets the precision for a while."""
    keras.config.set_dtype_policy(policy)
    try:
        yield
    finally:
        keras.config.set_dtype_policy("float32")


def trained(case: Case, text: str, directory: Path) -> list[dict[str, Any]]:
    """Trains a module's model: its history, evaluation, predictions, single steps."""
    keras.utils.set_random_seed(1)
    with precision(case.policy):
        module = load_module(text, directory)
        model = module.build_model()
        module.compile_model(model)
        if case.is_saved:
            model.fit(case.x, case.y, verbose=0)
            model.save(directory / "model.keras")
            model = keras.models.load_model(directory / "model.keras")
            assert type(model).__module__ == module.__name__
        arguments = {"sample_weight": case.sample_weight}
        sizes = {"batch_size": 8, "verbose": 0}
        history = model.fit(case.x, case.y, epochs=2, **arguments, **sizes).history
        tested = model.evaluate(case.x, case.y, return_dict=True, **arguments, **sizes)
        predicted = keras.tree.flatten(model.predict(case.x, **sizes))
        steps = [
            step(case.x, case.y, return_dict=True, **arguments)
            for step in (model.train_on_batch, model.test_on_batch)
        ]
    return [history, tested, dict(enumerate(predicted)), *steps]


@cache
def usual(name: str, directory: Path) -> list[dict[str, Any]]:
    """Trains a case as Keras does by itself."""
    return trained(CASES[name], text_of(CASES[name].spec, ()), directory)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives the directory for all modules of this file."""
    return tmp_path_factory.mktemp("hooks")


def test_the_backend_is_the_one_asked_for() -> None:
    """Keras runs on what `make test-backends` says."""
    assert keras.backend.backend() == BACKEND


@pytest.mark.parametrize(
    ("name", "methods"),
    [(name, METHODS) for name in CASES] + [("one", (method,)) for method in METHODS],
    ids=lambda arguments: (
        arguments if isinstance(arguments, str) else "_and_".join(arguments)
    ),
)
def test_numbers_are_the_same(
    name: str, methods: tuple[str, ...], directory: Path
) -> None:
    """Losses, metrics, predictions: with overridden methods all are as without."""
    text = text_of(CASES[name].spec, methods)
    assert all(f"    def {method}(" in text for method in methods)
    ours, theirs = trained(CASES[name], text, directory), usual(name, directory)
    for pair, other in zip(ours, theirs, strict=True):
        assert list(pair) == list(other)
        for key in pair:
            assert np.isfinite(pair[key]).all()
            np.testing.assert_allclose(pair[key], other[key], rtol=1e-6, atol=1e-7)


_MORE = ("y_pred, sample_weight)", "y_pred, sample_weight) | {'own': 1.0}")
CHANGES = {
    "train_step": _MORE,
    "test_step": _MORE,
    "predict_step": ("_weight(data)", "_weight(data)\n        x = x + 1"),
    "compute_loss": ("return super()", "return 2 * super()"),
    "compute_metrics": _MORE,
}
"""What an author may write for the last occurrence of something in a method."""


@pytest.mark.parametrize("method", METHODS)
def test_a_change_counts(method: str, directory: Path) -> None:
    """What an author changes in a method is what happens."""
    text = text_of(CASES["one"].spec, (method,))
    start = text.index(f"    def {method}(")
    before, after = CHANGES[method]
    head, result, rest = text[start:].rpartition(before)
    assert result
    history, tested, predicted, *_ = trained(
        CASES["one"], f"{text[:start]}{head}{after}{rest}", directory
    )
    losses, _, outputs, *_ = usual("one", directory)
    is_other = not np.allclose(predicted[0], outputs[0])
    assert ("own" in history) == (method in ("train_step", "compute_metrics"))
    assert ("own" in tested) == (method in ("test_step", "compute_metrics"))
    assert (history["loss"] != losses["loss"]) == (method == "compute_loss")
    if method != "compute_loss":
        assert is_other == (method == "predict_step")


REPLICAS = """
import sys
import numpy as np
import tensorflow as tf

(cpu,) = tf.config.list_physical_devices("CPU")
half = tf.config.LogicalDeviceConfiguration()
tf.config.set_logical_device_configuration(cpu, [half, half])
import keras
import plain, stepping

found = []
for module in (plain, stepping):
    keras.utils.set_random_seed(1)
    with tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"]).scope():
        model = module.build_model()
        module.compile_model(model)
    x = np.arange(48.0).reshape(12, 4) / 48.0
    history = model.fit(x, x[:, :1], batch_size=4, verbose=0, shuffle=False).history
    found.append([*history["loss"], model.evaluate(x, x[:, :1], verbose=0)])
assert np.allclose(*found, rtol=1e-6, atol=0.0), found
"""


@pytest.mark.skipif(BACKEND != "tensorflow", reason="the others have no strategies")
def test_replicas(tmp_path: Path) -> None:
    """On several devices at once, the loss that is told is the same as well."""
    spec = "inputs: [4]\nlayers: [Dense(1)]\ncompile: {loss: mse}\n"
    for name, methods in (("plain", ()), ("stepping", ("train_step", "test_step"))):
        text = text_of(spec, methods, is_distributed=True)
        (tmp_path / f"{name}.py").write_text(text)
    command = [sys.executable, "-c", REPLICAS]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
