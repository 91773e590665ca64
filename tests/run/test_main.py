"""Files with `train` run as scripts, and say what they found."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from scaffold.styles import STYLES
from tests.goldens import CASES
from tests.run.modules import source_of
from tests.startup import environment

FROM_NPZ = """
inputs: [3]
layers: [Dense(1)]
compile: {loss: mse, metrics: mae}
train: {data: "sums.npz", epochs: 1, verbose: 0}
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A directory to run files from: data is looked for beside the file."""
    directory = tmp_path / "elsewhere"
    directory.mkdir()
    return directory


def run(path: Path, elsewhere: Path) -> str:
    """Runs a file in a process of its own, and gives what it prints."""
    done = subprocess.run(
        [sys.executable, path],
        cwd=elsewhere,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def run_here(
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[[str], str]:
    """Runs source as a script where Keras is imported already, and gives what it says.

    One process per file would import Keras for each: `test_csv_data` has one.
    """
    monkeypatch.chdir(elsewhere)

    def run_source(text: str) -> str:
        path = elsewhere.parent / "model.py"
        path.write_text(text, encoding="utf-8")
        runpy.run_path(str(path), run_name="__main__")
        return capsys.readouterr().out

    return run_source


def values(printed: str) -> dict[str, float]:
    """Reads the lines `name: value`."""
    lines = [
        line
        for line in printed.splitlines()
        if not line.startswith(("epoch ", "slope"))
    ]
    pairs = [line.split(": ") for line in lines if ": " in line]
    return {name: float(value) for name, value in pairs}


@pytest.mark.parametrize("style", STYLES)
def test_inline_data(style: str, run_here: Callable[[str], str]) -> None:
    """Losses, metrics and predictions are printed; all arguments reach Keras."""
    text = (CASES / "chains" / "training.yaml").read_text(encoding="utf-8")
    printed = run_here(source_of(text, style, "training.yaml"))
    assert set(values(printed)) == {"loss", "accuracy", "precision"}
    assert printed.count("->") == 2


def test_csv_data(tmp_path: Path, elsewhere: Path) -> None:
    """A CSV file has a header, its last column is the target, the rest is shaped."""
    text = (CASES / "chains" / "from_csv.yaml").read_text(encoding="utf-8")
    rows = np.arange(50.0).reshape(10, 5)
    np.savetxt(tmp_path / "squares.csv", rows, delimiter=",", header="a,b,c,d,y")
    path = tmp_path / "model.py"
    path.write_text(source_of(text, "subclass", "from_csv.yaml"), encoding="utf-8")
    printed = run(path, elsewhere)
    assert values(printed)["loss"] > 0


def test_npz_data(tmp_path: Path, run_here: Callable[[str], str]) -> None:
    """An NPZ file has `x` and `y`; a single metric may stand without a list."""
    x = np.random.default_rng(0).normal(size=(10, 3))
    np.savez(tmp_path / "sums.npz", x=x, y=x.sum(axis=1))
    printed = run_here(source_of(FROM_NPZ, "functional"))
    assert set(values(printed)) == {"loss", "mae"}
