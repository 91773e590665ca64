"""The built-in spec, as a user runs it."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import pytest

from scaffold.styles import STYLES
from tests.startup import environment

# The least-squares line through the nine points (numpy.polyfit): its mean squared
# error, and its value for 9.5 hours.
LEAST_SQUARES_ERROR = 1.060
LEAST_SQUARES_AT_9_5 = 102.30

FILE = "linear_regression.py"
ROOT = Path(__file__).parents[2]


def assert_is_the_line(printed: str) -> None:
    """Asserts that what a file prints is the least-squares line."""
    error = re.search(r"^loss: ([0-9.]+)$", printed, re.MULTILINE)
    predicted = re.search(r"^\[9\.5\] -> \[([0-9.]+)\]$", printed, re.MULTILINE)
    assert error and predicted, printed
    assert LEAST_SQUARES_ERROR - 1e-3 <= float(error[1]) <= 1.2
    assert abs(float(predicted[1]) - LEAST_SQUARES_AT_9_5) <= 1
    line = re.search(r"^slope: ([0-9.]+), intercept: ([0-9.]+)$", printed, re.MULTILINE)
    assert line, printed
    assert float(line[1]) * 9.5 + float(line[2]) == pytest.approx(
        float(predicted[1]), rel=1e-3
    )
    epochs = re.findall(r"^epoch (\d+) - loss: ([0-9.]+)$", printed, re.MULTILINE)
    assert (epochs[0][0], epochs[-1][0], len(epochs)) == ("1", "271", 10)
    losses = [float(loss) for _, loss in epochs]
    assert losses[0] > 10 * losses[-1] > 0


def write(style: str, directory: Path) -> None:
    """Runs `new --style S`."""
    new = [sys.executable, "-m", "scaffold", "new", "--style", style]
    subprocess.run(new, cwd=directory, check=True, capture_output=True)


def test_learns_the_line(tmp_path: Path) -> None:
    """`new`, then the file itself, gives the least-squares line."""
    write("auto", tmp_path)
    run = subprocess.run(
        [sys.executable, FILE],
        cwd=tmp_path,
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    assert_is_the_line(run.stdout)


def fit(model: Any, x: Any, y: Any, epochs: int = 1, **_: object) -> Any:
    """Trains as `fit` does where a batch holds all examples, but for its loops.

    They take most of its time; the test above has them.
    """
    assert len(x) <= 32
    history = keras.callbacks.History()
    history.on_train_begin()
    history.set_model(model)
    for epoch in range(epochs):
        history.on_epoch_end(epoch, {"loss": float(model.train_on_batch(x, y))})
    return history


@pytest.mark.parametrize("style", STYLES)
def test_learns_the_line_in_each_style(
    style: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """So does the file of each style, run as a script where Keras is imported."""
    write(style, tmp_path)
    monkeypatch.setattr(keras.Model, "fit", fit)
    capsys.readouterr()
    runpy.run_path(str(tmp_path / FILE), run_name="__main__")
    assert_is_the_line(capsys.readouterr().out)


def test_demo(tmp_path: Path) -> None:
    """`make demo` prints the line that it finds, and no note of TensorFlow's."""
    write("subclass", tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo", str(tmp_path / FILE)],
        cwd=ROOT,
        env=environment(ROOT, TF_CPP_MIN_LOG_LEVEL="2", CUDA_VISIBLE_DEVICES="-1"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert_is_the_line(done.stdout)
    for name, true in (("slope", 10.683), ("intercept", 0.806)):
        row = re.search(rf"^{name} +([0-9.]+) +([0-9.]+)$", done.stdout, re.MULTILINE)
        assert row is not None and float(row[2]) == true
        assert abs(float(row[1]) - true) <= 0.5
    makefile = (ROOT / "Makefile").read_text()
    (notes,) = re.findall(r"^NOTES = (.*)$", makefile, re.MULTILINE)
    assert [
        line for line in done.stderr.splitlines() if not re.search(notes, line)
    ] == []
