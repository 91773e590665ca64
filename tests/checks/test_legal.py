"""What Keras takes is not refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from scaffold.catalogue import Argument, KerasCallable, Registry, load
from scaffold.checks.argument_match import judge
from scaffold.diagnostics import Span, report
from scaffold.ir.types import Collection, Constant, Dictionary, Value
from scaffold.pipeline import Source, check

PARAMS = "num_classes: 10, weight: 0.5, act: relu, flag: true, pair: [2, 2]"
LINES = [
    line
    for line in (Path(__file__).parent / "legal.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]
HERE = Span("model.yaml")
CATALOGUE = load()
CALLABLES = [
    target
    for registry in get_args(Registry)
    if registry != "ops"
    for name in CATALOGUE.names(registry)
    if (target := CATALOGUE.find(registry, name))
]


def findings(text: str) -> str:
    """Gives all that is found in a spec, unused params and shapes aside."""
    checked = check(Source(text.encode(), "model.yaml"))
    result = [
        diagnostic
        for diagnostic in checked.diagnostics
        if diagnostic.code not in ("KS210", "KS402")
    ]
    return report(result, "text", {"model.yaml": checked.text})


@pytest.mark.parametrize("line", LINES)
def test_line(line: str) -> None:
    """A line of a tutorial has no findings."""
    quoted = "'" + line.replace("'", "''") + "'"
    text = f"params: {{{PARAMS}}}\ninputs: [28, 28, 3]\nlayers:\n  - {quoted}\n"
    assert findings(text) == ""


KEYED = """\
inputs: {images: {shape: [28, 28, null], dtype: float32, batch_size: 8}}
params: {units: 64, rate: 0.5, act: relu}
layers:
  - Rescaling: {scale: $(1 / 255), offset: -1}
  - Conv2D: {filters: 32, kernel_size: [3, 3], padding: same, activation: relu}
  - Conv2D: [32, 3]
  - Conv2D: {filters: 8, kernel_size: 3, kernel_regularizer: {L2: 0.0001}}
  - Conv2D: {filters: 8, kernel_size: 3, kernel_initializer: HeNormal(seed=1)}
  - BatchNormalization:
  - MaxPooling2D: {pool_size: 2, strides: null}
  - MaxPooling2D: [[2, 2]]
  - ZeroPadding2D: {padding: [[1, 0], [1, 0]]}
  - Reshape: [[-1, 8]]
  - Reshape: {target_shape: [-1, 8]}
  - Bidirectional: {LSTM: {units: $units, return_sequences: true}}
  - Bidirectional: {layer: {GRU: 4}, merge_mode: sum, name: both}
  - RNN: {cell: [{LSTMCell: 4}, {GRUCell: 4}]}
  - Dense: $units
  - Dense: {units: $(units // 2), activation: $act}
    name: hidden
  - Activation: {LeakyReLU: 0.2}
  - Dropout: $rate
  - Dense: 1
"""
COMPILED = """\
inputs: [4]
layers:
  - Dense(1)
compile: {COMPILE}
train: {x: [[1, 2, 3, 4]], y: [1], TRAIN}
"""


def test_keyed_notation() -> None:
    """Arguments of every form are legal in keyed notation."""
    assert findings(KEYED) == ""


@pytest.mark.parametrize(
    "name",
    [
        "optimizer: adam, loss: mse",
        "optimizer: Adam, loss: MeanSquaredError, metrics: [mae, mse]",
        "optimizer: Adam(learning_rate=1e-3), loss: null, metrics: accuracy",
        "optimizer: {SGD: {learning_rate: {CosineDecay: [0.1, 100]}, momentum: 0.9}}",
        "optimizer: 'Adam(ExponentialDecay(0.1, 10, 0.9))', loss: [mse]",
        "loss: {Huber: {delta: 0.5}}, metrics: ['AUC(name=\"auc\")', mse]",
        "loss: BinaryCrossentropy(from_logits=True), weighted_metrics: [mae]",
        "loss: BinaryCrossentropy(from_logits=True), metrics: [mae, acc]",
        "jit_compile: auto, run_eagerly: true, steps_per_execution: 4",
        "jit_compile: false, auto_scale_loss: false, loss_weights: [0.5]",
    ],
)
def test_compile(name: str) -> None:
    """What `Model.compile` takes is legal."""
    text = COMPILED.replace("{COMPILE}", f"{{{name}}}").replace(", TRAIN", "")
    assert findings(text) == ""


@pytest.mark.parametrize(
    "name",
    [
        "epochs: 3, batch_size: 32, verbose: 0, shuffle: false",
        "epochs: 3, verbose: auto, validation_split: 0.2, validation_freq: 2",
        "callbacks: [EarlyStopping(patience=3), TerminateOnNaN]",
        "callbacks: [{EarlyStopping: {monitor: loss}}, {CSVLogger: log.csv}]",
        "class_weight: {a: 0.5}, steps_per_epoch: 2, initial_epoch: 0",
        "predict: [[1, 2, 3, 4], [5, 6, 7, 8]]",
    ],
)
def test_train(name: str) -> None:
    """What `Model.fit` takes is legal."""
    text = COMPILED.replace("{COMPILE}", "{loss: mse}").replace("TRAIN", name)
    assert findings(text) == ""


def value_of(plain: Any) -> Value:
    """Makes a value of plain data."""
    if isinstance(plain, list):
        return Collection(tuple(map(value_of, plain)), HERE)
    if isinstance(plain, dict):
        pairs = [(value_of(key), value_of(value)) for key, value in plain.items()]
        return Dictionary(tuple(pairs), HERE)
    return Constant(plain, HERE)


def holds_object(plain: Any) -> bool:
    """Tells whether plain data of an example stands for a Keras object."""
    if isinstance(plain, list):
        return any(map(holds_object, plain))
    return isinstance(plain, dict) and any(str(key)[:1].isupper() for key in plain)


@pytest.mark.parametrize(
    "target", CALLABLES, ids=lambda item: f"{item.registry}.{item.name}"
)
def test_defaults_and_examples(target: KerasCallable) -> None:
    """Keras's own defaults, and uses that were seen to work, fit their arguments."""
    arguments: list[tuple[Argument, Any]] = [
        (argument, argument.default)
        for argument in target.arguments
        if not argument.required
    ]
    if target.example is not None:
        known = {argument.name: argument for argument in target.arguments}
        arguments += [
            (known[name], value) for name, value in target.example.arguments.items()
        ]
    for argument, plain in arguments:
        if not holds_object(plain):
            verdict = judge(value_of(plain), argument, {}, CATALOGUE)
            assert verdict.result == "fits", f"{argument} = {plain!r}"
