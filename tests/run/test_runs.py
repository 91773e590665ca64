"""Runs of a project are whole, keep to themselves, and can be used for ever."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.run.invoking import invoke
from tests.run.projects import QUIET, call_all, make, rows
from tests.startup import environment

pytestmark = pytest.mark.keras

TOGETHER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Barrier

runs = import_module(sys.argv[1] + ".runs")
barrier = Barrier(20)


def claim(number):
    barrier.wait()
    return runs.new_run(None).directory.name


with ThreadPoolExecutor(20) as pool:
    print(*pool.map(claim, range(20)))
"""
"""Makes twenty new runs at one moment."""

TWO = """
import sys
from importlib import import_module

sys.argv[1:] = ["train", "--epochs", "2", "--limit-batches", "2"]
command = import_module("PACKAGE.command")
import_module("PACKAGE.train")
print("ready", flush=True)
sys.stdin.readline()
command.main()
"""
"""Trains when it is told to."""


def begin(project: Path, code: str) -> subprocess.Popen[str]:
    """Starts Python with the project's package."""
    return subprocess.Popen(
        [sys.executable, "-c", code, project.name],
        cwd=project,
        env=environment(project / "src", **QUIET),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_started_together(tmp_path: Path) -> None:
    """Runs of one second have a directory each, and all of their files."""
    project = make(tmp_path, "linear_regression")
    both = [begin(project, TWO.replace("PACKAGE", project.name)) for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in both:
        printed, _ = process.communicate(timeout=200)
        assert process.returncode == 0, printed
    run_dirs = sorted((project / "runs").iterdir())
    assert len(run_dirs) == 2
    for run in run_dirs:
        assert [row["epoch"] for row in rows(run / "history.csv")] == ["0", "1"]
        assert json.loads((run / "run.json").read_text())["ended"]
        names = {path.name for path in run.iterdir()}
        assert {"best.keras", "last.keras", "curves.png", "metrics.json"} <= names
        assert not [name for name in names if name.startswith("draft")]
    printed, _ = begin(project, TOGETHER).communicate(timeout=200)
    assert len(set(printed.split())) == 20


def table(path: Path, size: int, seed: int = 0) -> pd.DataFrame:
    """Writes a table of two numbers and a class."""
    random = np.random.default_rng(seed)
    numbers = {name: random.normal(size=size).round(4) for name in "ab"}
    data_frame = pd.DataFrame({**numbers, "kind": random.choice(["x", "y", "z"], size)})
    data_frame.to_csv(path, index=False)
    return data_frame


def test_old_run(tmp_path: Path) -> None:
    """A run is used with its own code, columns and classes, wherever it lies."""
    project = make(tmp_path, "mlp", "subclass")
    whole = table(project / "all.csv", 100)
    table(project / "few.csv", 5, seed=1)
    run = project / "runs/old"
    short = ["--epochs", "1", "--limit-batches", "2", "--run-dir", "runs/old"]
    predict = ["predict", "few.csv", "-o"]
    call_all(
        {
            project: [
                ["train", "--data", "all.csv", *short],
                [*predict, "before.csv"],
                ["train", "--epochs", "1", "--limit-batches", "1"],
            ]
        }
    )
    other = tmp_path / "elsewhere"
    shutil.copytree(run, other)
    broken = tmp_path / "broken"
    shutil.copytree(run, broken)
    (broken / "best.keras").write_bytes((run / "best.keras").read_bytes()[:5000])
    (broken / "config.json").write_text("{")
    # Everything changes: the model, its spec, its settings, the table.
    model = project / f"src/{project.name}/model.py"
    code = model.read_text()
    changed = code.replace(
        "self.dense = layers.Dense(units", "self.first = layers.Dense(9"
    )
    changed = changed.replace("self.dense(", "self.first(")
    assert changed.count("self.first") == 2
    model.write_text(changed)
    (project / "model.yaml").write_text("nothing: [")
    (project / "config.toml").write_text("[params]\nunits = 3\n")
    more = pd.concat([table(project / "more.csv", 20, seed=2), whole])
    more[["kind", "b", "a"]].to_csv(project / "all.csv", index=False)
    with (run / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        held = ["train", "--resume", "--run-dir", "runs/old"]
        told = invoke(
            project,
            [*predict, "after.csv", "--run-dir", str(other)],
            ["evaluate", "--run-dir", str(other)],
            ["export", "--format", "keras", "--run-dir", str(other)],
            ["train", "--resume", "--epochs", "2", "--run-dir", str(other)],
            [*predict, "none.csv", "--run-dir", str(broken)],
            ["evaluate", "--run-dir", str(broken)],
        )
        whole.to_csv(project / "all.csv", index=False)
        told += invoke(
            project,
            held,
            ["train", "--resume", "--epochs", "2", "--run-dir", str(other)],
            ["evaluate", "--run-dir", str(other)],
        )
    codes, printed = [item[0] for item in told], [item[1] for item in told]
    assert codes == [0, 0, 0, 1, 1, 1, 1, 0, 0], told
    assert "100 then, 120 now" in printed[1]
    assert "the examples have changed: 100 when the run started, 120 now" in printed[3]
    assert "best.keras cannot be loaded" in printed[4]
    assert "config.json cannot be read" in printed[5]
    assert "is being trained by process" in printed[6]
    assert "note" not in printed[8]
    assert (project / "before.csv").read_text() == (project / "after.csv").read_text()
    assert len(rows(other / "history.csv")) == 2
    about = json.loads((other / "export/about.json").read_text())
    assert about["data"]["columns"] == ["a", "b"]
    assert about["training"]["made_by"].startswith("keras-scaffold ")
    assert len(about["files"][f"{project.name}.keras"]) == 64


OWN = """
params: {{factor: 2.0}}
inputs: [2]
imports: {{Scaled: "own.scaling:Scaled"}}
layers: [Scaled(factor), Dense(1)]
compile: {{optimizer: sgd, loss: mse}}
train: {{{train}, epochs: 2, batch_size: 2}}
"""
SCALING = """
import keras

from factors import times


class Scaled(keras.layers.Layer):
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return times(inputs, self.factor)

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}
"""


@pytest.mark.parametrize("style", ["functional", "subclass"])
def test_spec_with_own_layers(tmp_path: Path, style: str) -> None:
    """A spec's project trains with its own layers on its own examples."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own/scaling.py").write_text(SCALING)
    (tmp_path / "factors.py").write_text(
        "def times(x, factor):\n    return x * factor\n"
    )
    numbers = np.random.default_rng(0).random((20, 3)).round(3)
    pd.DataFrame(numbers, columns=["a", "b", "y"]).to_csv(
        tmp_path / "d.csv", index=False
    )
    inline = f"x: {numbers[:, :2].tolist()}, y: {numbers[:, 2].tolist()}"
    train = inline if style == "functional" else "data: d.csv"
    spec = tmp_path / "spec.yaml"
    spec.write_text(OWN.format(train=train))
    project = make(tmp_path, style=style, spec=spec)
    lines = [["train", "--run-dir", "run"], ["evaluate", "--run-dir", "run"]]
    table = ["predict", str(tmp_path / "d.csv"), "--run-dir", "run"]
    if style == "functional":
        np.savez(project / "new.npz", x=numbers[:, :2])
        table[1] = "new.npz"
    results = call_all({project: [*lines, table]})[project]
    assert "loss" in results[1]
    assert len(results[2].splitlines()) == 21
    assert json.loads((project / "run/data.json").read_text())["size"] == 20
    copied = {path.name for path in (project / "run/code").rglob("*.py")}
    assert {"model.py", "scaling.py", "factors.py"} <= copied
