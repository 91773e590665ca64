"""What `main` of a generated file prints after training."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from scaffold.diagnostics import report
from scaffold.pipeline import Source, generate
from tests.run.modules import load_module

pytestmark = pytest.mark.keras

LINE = """
inputs: [1]
layers: ["Dense(1)"]
compile: {optimizer: SGD(learning_rate=0.15), loss: mse, metrics: [mae]}
train:
  x: [0, 1, 2, 3]
  y: [1, -1, -3, -5]
  epochs: 60
  verbose: 0
  predict: [4, 5]
"""
PLANE = """
inputs: [2]
layers: ["Dense(1, use_bias=False)"]
compile: {optimizer: SGD(learning_rate=0.3), loss: mse}
train:
  x: [[0, 1], [1, 0], [1, 1], [0, 0]]
  y: [-3, 2, -1, 0]
  epochs: 100
  verbose: 0
"""
CLASSES = """
inputs: [2]
layers: ['Dense(3, activation="softmax")']
compile:
  optimizer: SGD(learning_rate=1e-6)
  loss: categorical_crossentropy
  metrics: [accuracy, F1Score]
train:
  x: [[0, 1], [1, 0], [1, 1], [0, 0]]
  y: [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]
  epochs: 6
  verbose: 0
"""
NAMES = """
params: {epoch: 12, values: 2, row: 0.25, logs: 4.0, index: 1, prediction: 0}
inputs: [1]
layers: ["Dense(1)"]
compile: {optimizer: sgd, loss: mse}
train:
  x: [0, 1, 2, $logs]
  y: [1, 2, 3, 4]
  epochs: $epoch
  batch_size: $values
  validation_split: $row
  initial_epoch: $index
  verbose: $prediction
  predict: [$index]
"""
TWO = """
inputs: {left: [1], right: [1]}
layers:
  - a = Dense(1) <- left
  - b = Dense(2) <- right
compile: {optimizer: sgd, loss: mse}
train:
  x: {left: [0, 1, 2, 3], right: [0, 1, 2, 3]}
  epochs: 3
  verbose: 0
  predict: {left: [1], right: [1]}
"""
LIST = f"{TWO}  y: [[1, 2, 3, 4], [[1, 1], [2, 2], [3, 3], [4, 4]]]\noutputs: [a, b]\n"
MAPPING = (
    f"{TWO}  y: {{left_one: [1, 2, 3, 4], other: [[1, 1], [2, 2], [3, 3], [4, 4]]}}\n"
    "outputs: {left_one: a, other: b}\n"
)


def module_of(spec: str, directory: Path, style: str = "auto") -> Any:
    """Generates the module of a spec, and imports it."""
    result, checked = generate(Source(spec.encode(), "model.yaml"), style)
    assert result is not None, report(checked.diagnostics, "text", {"model.yaml": spec})
    return load_module(result.text, directory)


def printed(
    spec: str,
    directory: Path,
    capsys: pytest.CaptureFixture[str],
    style: str = "auto",
) -> str:
    """Runs `main` of a spec."""
    keras.utils.set_random_seed(1)
    module = module_of(spec, directory, style)
    capsys.readouterr()
    module.main()
    return capsys.readouterr().out


def epochs_of(text: str) -> list[int]:
    """Gives the epochs that have a line."""
    return [int(number) for number in re.findall(r"^epoch (\d+) - ", text, re.M)]


@pytest.mark.parametrize("style", ["sequential", "functional", "subclass"])
def test_line(style: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten epochs, the results, the line that is learned, and its predictions."""
    text = printed(LINE, tmp_path, capsys, style)
    assert epochs_of(text) == [1, 7, 13, 19, 25, 31, 37, 43, 49, 55]
    losses = [float(loss) for loss in re.findall(r" - loss: (\S+)", text)]
    assert len(losses) == text.count(" - mae: ") == 10 and losses[0] > losses[-1]
    learned = re.search(r"^slope: (\S+), intercept: (\S+)$", text, re.M)
    assert learned is not None
    np.testing.assert_allclose([*map(float, learned.groups())], [-2, 1], atol=0.1)
    predictions = re.findall(r"^\[(\S+)\] -> \[(\S+)\]$", text, re.M)
    numbers = np.array(predictions, dtype="float64")
    np.testing.assert_allclose(numbers, [[4, -7], [5, -9]], atol=0.3)
    (result,) = re.findall(r"^loss: (\S+)$", text, re.M)
    assert float(result) <= losses[-1] * 1.01


def test_plane(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several features have several slopes; without a bias there is no intercept."""
    text = printed(PLANE, tmp_path, capsys)
    learned = re.search(r"^slopes: \[(.+)\]$", text, re.M)
    assert learned is not None
    np.testing.assert_allclose([*map(float, learned[1].split())], [2, -3], atol=0.01)


@pytest.mark.parametrize(
    "layer",
    [
        "'Dense(1, activation=\"sigmoid\")'",
        '"Dense(2)"',
        '"Dense(1) * 2"',
        '"Dense(1)", "Dense(1)"',
        '"Dense(1, lora_rank=1)"',
    ],
)
def test_no_line(layer: str, tmp_path: Path) -> None:
    """A model that is not one linear unit has no slope."""
    spec = LINE.replace('"Dense(1)"', layer).replace(
        "[1, -1, -3, -5]",
        "[[1, 1], [2, 2], [3, 3], [4, 4]]" if "2)" in layer else "[0, 1, 1, 0]",
    )
    assert "slope" not in Path(module_of(spec, tmp_path).__file__).read_text()


def test_classes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A metric may have a number for each class."""
    text = printed(CLASSES, tmp_path, capsys)
    assert epochs_of(text) == [1, 2, 3, 4, 5, 6]
    assert re.search(r"^F1Score: \[[\d. ]+\]$", text, re.M), text


def test_callbacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Training may end early, and a tiny learning rate is not printed as zero."""
    spec = CLASSES.replace(", F1Score", "").replace("epochs: 6", "epochs: 1000")
    spec += "  validation_split: 0.25\n  callbacks:\n"
    spec += "    - EarlyStopping(min_delta=10, patience=3)\n"
    spec += "    - ReduceLROnPlateau(min_delta=10, patience=1)\n"
    text = printed(spec, tmp_path, capsys)
    assert epochs_of(text) == [1, 2, 3, 4]
    assert "- val_accuracy: " in text and "- learning_rate: 1e-07" in text


def test_gaps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not computed in every epoch is not attributed to another one."""
    spec = f"{LINE}  validation_split: 0.25\n  validation_freq: 3\n"
    text = printed(spec, tmp_path, capsys)
    assert len(epochs_of(text)) == 10 and "val_" not in text


def test_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Params may have the names of variables; `verbose` may be a param."""
    text = printed(NAMES, tmp_path, capsys)
    assert epochs_of(text)[::10] == [2, 12]
    assert text.count(" -> ") == 1 and text.count("val_loss") == 11


@pytest.mark.parametrize(
    ("verbose", "epochs", "own"),
    [("2", 3, False), ("auto", 20, False), ("1", 21, True), ("0", 1, True)],
)
def test_verbose(verbose: str, epochs: int, own: bool, tmp_path: Path) -> None:
    """A few epochs that `fit` prints are not printed again."""
    spec = LINE.replace("verbose: 0", f"verbose: {verbose}")
    module = module_of(spec.replace("epochs: 60", f"epochs: {epochs}"), tmp_path)
    assert ("history" in Path(module.__file__).read_text()) is own


@pytest.mark.parametrize("spec", [LIST, MAPPING], ids=["list", "mapping"])
def test_several_outputs(
    spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each output has its loss, and the predictions are printed as they are."""
    text = printed(spec, tmp_path, capsys)
    assert epochs_of(text) == [1, 2, 3]
    first = text.splitlines()[0]
    assert len(re.findall(r" - (?:\w+_)?loss: ", first)) == 3
    assert "array([[" in text
