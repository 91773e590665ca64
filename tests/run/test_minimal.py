"""The scripts of minimal projects train, evaluate and save, as for their owners."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from scaffold.kit import ProjectRequest, furnish
from scaffold.output import plan, write
from scaffold.pipeline import Source
from scaffold.spec import preset_path
from tests.run.projects import QUIET
from tests.startup import environment

pytestmark = pytest.mark.keras

SPECS = {
    # Several inputs, one of them text; outputs in a list; no examples.
    "several": """
inputs: {word: {shape: [1], dtype: string}, numbers: [2]}
layers:
  - StringLookup(vocabulary=["yes", "no"]) <- word
  - Embedding(4, 3)
  - flat = Flatten
  - both = Concatenate() <- flat, numbers
  - sure = Dense(1, activation="sigmoid") <- both
  - amount = Dense(2) <- both
outputs: [sure, amount]
compile: {optimizer: adam, loss: [bce, mse]}
""",
    # Examples in the spec, a param and a callback of `fit`.
    "inline": """
params: {rounds: 2}
inputs: {left: [2], right: {shape: [1], dtype: int32}}
layers:
  - both = Concatenate() <- left, right
  - kind = Dense(3, activation="softmax") <- both
  - much = Dense(1) <- both
outputs: {kind: kind, much: much}
compile: {optimizer: adam, loss: {kind: sparse_categorical_crossentropy, much: mse}}
train:
  x: {left: [[1, 2], [3, 4], [5, 6], [7, 8], [9, 1]], right: [7, 8, 9, 1, 2]}
  y: {kind: [0, 1, 2, 0, 1], much: [0.5, 1.5, -2.5, 1.0, 2.0]}
  epochs: $rounds
  callbacks: ["CSVLogger('log.csv')"]
""",
    # Too few examples to hold some out.
    "few": """
inputs: [1]
layers: [Dense(1)]
compile: {optimizer: sgd, loss: mse}
train: {x: [1, 2], y: [2, 4], epochs: 1}
""",
    # Examples in a file, and a layer that is adapted to them.
    "file": """
inputs: [2]
layers: [Normalization, Dense(1)]
compile: {optimizer: adam, loss: mse}
train: {data: rows.npz, epochs: 1}
""",
    # Only full batches.
    "batches": """
inputs: {x: {shape: [4, 2], batch_size: 7}}
layers:
  - GRU(5, stateful=True)
  - Dense(1)
compile: {optimizer: adam, loss: mse}
""",
    # A loop, which only a class can express.
    "deep": """
inputs: [4]
blocks:
  Step: {layers: [Dense(4)]}
  Sure: {layers: ["Dense(1, activation='sigmoid')"]}
layers:
  - loop(Step(), until=Sure(), max_steps=3)
  - Dense(3, activation="softmax")
compile: {optimizer: adam, loss: categorical_crossentropy}
""",
}

PRESETS = ("linear_regression", "cnn", "multi_task")
"""A few of them; `make test-projects` has one of every preset."""

RUN = """
import os, sys, keras

for directory in sys.argv[1:]:
    os.chdir(directory)
    sys.path.insert(0, directory)
    with open("train.py") as file:
        text = file.read()
    text = text.replace("epochs=20", "epochs=1, steps_per_epoch=2")
    print("#", os.path.basename(directory), flush=True)
    code = compile(text, os.path.abspath("train.py"), "exec")
    values = {"__name__": "__main__", "__file__": os.path.abspath("train.py")}
    exec(code, values)
    sys.path.remove(directory)
    x, y = values["load"]()
    x = values["tensors"](x) if "tensors" in values else x
    loaded = keras.saving.load_model("model.keras")
    predicted = keras.tree.flatten(loaded.predict(x, batch_size=7, verbose=0))
    sizes = {len(array) for array in predicted}
    assert sizes == {len(keras.tree.flatten(y)[0])}, sizes
    del sys.modules["model"]
"""
"""Run the scripts of several projects in one process: TensorFlow takes 4 s to start."""


def make(directory: Path, name: str) -> Path:
    """Create the minimal project of a preset or of a spec above."""
    path = preset_path(name)
    text = SPECS[name].encode() if path is None else path.read_bytes()
    source = Source(text, str(directory / "specs" / f"{name}.yaml"))
    project = directory / f"project of {name}"
    preset = "" if path is None else name
    targets, checked = furnish(ProjectRequest(project, source, preset, is_minimal=True))
    assert targets is not None, checked.diagnostics
    assert not write(plan(targets))
    return project


def test_scripts(tmp_path: Path) -> None:
    """Each script prints the loss of held-out examples, and saves the model."""
    (tmp_path / "specs").mkdir()
    numbers = np.random.default_rng(0).normal(size=(21, 2))
    np.savez(tmp_path / "specs/rows.npz", x=numbers, y=numbers.sum(axis=1))
    names = [*PRESETS, *SPECS]
    projects = [make(tmp_path, name) for name in names]
    command = [sys.executable, "-c", RUN, *map(str, projects)]
    done = subprocess.run(
        command, env=environment(**QUIET), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    parts = re.split(r"(?m)^# project of (\w+)$", done.stdout)[1:]
    printed = dict(zip(parts[::2], parts[1::2], strict=True))
    assert list(printed) == names
    for name, text in printed.items():
        label = "loss" if name == "few" else "test loss"
        assert re.search(rf"(?m)^{label}: \d+\.\d{{4}}$", text), (name, text)
        assert (tmp_path / f"project of {name}/model.keras").stat().st_size
    assert (tmp_path / "project of inline/log.csv").read_text().count("\n") == 3
