"""Files with `train` run as scripts, and say what they found."""

from __future__ import annotations

import subprocess
import sys
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


def run(text: str, directory: Path) -> str:
    """Runs source as a script, and gives what it prints."""
    (directory / "model.py").write_text(text, encoding="utf-8")
    # From elsewhere: data is looked for beside the file.
    elsewhere = directory / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [sys.executable, directory / "model.py"],
        cwd=elsewhere,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def values(printed: str) -> dict[str, float]:
    """Reads the lines `name: value`."""
    pairs = [line.split(": ") for line in printed.splitlines() if ": " in line]
    return {name: float(value) for name, value in pairs}


@pytest.mark.parametrize("style", STYLES)
def test_inline_data(style: str, tmp_path: Path) -> None:
    """Losses, metrics and predictions are printed; all arguments reach Keras."""
    text = (CASES / "chains" / "training.yaml").read_text(encoding="utf-8")
    printed = run(source_of(text, style, "training.yaml"), tmp_path)
    assert set(values(printed)) == {"loss", "accuracy", "precision"}
    assert printed.count("->") == 2


def test_csv_data(tmp_path: Path) -> None:
    """A CSV file has a header, its last column is the target, the rest is shaped."""
    text = (CASES / "chains" / "from_csv.yaml").read_text(encoding="utf-8")
    rows = np.arange(50.0).reshape(10, 5)
    np.savetxt(tmp_path / "squares.csv", rows, delimiter=",", header="a,b,c,d,y")
    printed = run(source_of(text, "subclass", "from_csv.yaml"), tmp_path)
    assert values(printed)["loss"] > 0


def test_npz_data(tmp_path: Path) -> None:
    """An NPZ file has `x` and `y`; a single metric may stand without a list."""
    x = np.random.default_rng(0).normal(size=(10, 3))
    np.savez(tmp_path / "sums.npz", x=x, y=x.sum(axis=1))
    printed = run(source_of(FROM_NPZ, "functional"), tmp_path)
    assert set(values(printed)) == {"loss", "mae"}
