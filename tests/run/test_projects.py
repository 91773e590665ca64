"""Projects of the starter kit are used, as their owners would."""

from __future__ import annotations

import json
import os
import random
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from scaffold.styles import STYLES
from tests.run.projects import (
    QUIET,
    call,
    call_all,
    make,
    rows,
    start,
    wait_for_epochs,
)
from tests.startup import environment
from tests.tools.cpu import PATIENCE

pytestmark = pytest.mark.keras

TESTS = """
import gc, os, sys, keras, pytest

failed = []
for directory in sys.argv[1:]:
    gc.freeze()  # pytest looks for garbage five times as it ends
    os.chdir(directory)
    arguments = ["-q", "--import-mode=importlib", "-p", "no:cacheprovider"]
    if pytest.main(arguments):
        failed.append(directory)
    for name in [one for one in sys.modules if "test_" in one]:
        del sys.modules[name]  # the next project has files of these names, too
sys.exit(f"failed: {failed}" if failed else 0)
"""
"""Runs the tests of several projects in one process: TensorFlow takes 4 s to start."""


KINDS = [
    # Pictures; targets for each pixel; several outputs.
    [("cnn", "tensorflow"), ("unet", "tensorflow"), ("multi_task", "tensorflow")],
    # Sequences; and a model that is no graph, which ONNX cannot express.
    [("text_classifier", "tensorflow"), ("tree_rnn", "tensorflow")],
    # Inputs in a dictionary.
    [("cnn", "jax"), ("two_tower", "jax")],
]
"""A project of each kind; `make test-projects` has one of every preset."""


@pytest.mark.parametrize("kinds", KINDS, ids=lambda kinds: kinds[0][0])
def test_passes_its_own_tests(kinds: Sequence[tuple[str, str]], tmp_path: Path) -> None:
    """A project trains, resumes, evaluates, predicts and exports."""
    projects = [make(tmp_path, preset, backend=backend) for preset, backend in kinds]
    command = str(Path(sys.executable).parent)
    done = subprocess.run(
        [sys.executable, "-c", TESTS, *map(str, projects)],
        env=environment(
            *(project / "src" for project in projects),
            **QUIET,
            PATH=f"{command}{os.pathsep}{os.environ['PATH']}",
        ),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]
    assert "skipped" not in done.stdout


def test_learns_digits(tmp_path: Path) -> None:
    """The project that is made where nothing is said tells digits apart."""
    lines = [["train", "--epochs", 20], ["evaluate", "--json"]]
    projects = {make(tmp_path, "cnn", style): lines for style in STYLES}
    for project, (_, printed) in call_all(projects).items():
        assert json.loads(printed)["accuracy"] >= 0.97, project.name


def test_resumes_after_kills(tmp_path: Path) -> None:
    """Killed and resumed, a run has the history of one that was never broken."""
    project = make(tmp_path, "cnn")
    settings = ["-p", "filters=4", "--epochs", 6, "--patience", 2]
    call(project, "train", "--run-dir", "whole", *settings)
    dice = random.Random(5)
    process = start(project, "train", "--run-dir", "broken", *settings)
    for epochs in (1, 3):
        wait_for_epochs(project / "broken", epochs, process)
        time.sleep(dice.uniform(0, 0.4))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        process = start(project, "train", "--resume", "--run-dir", "broken")
    printed, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    whole, broken = (project / name / "history.csv" for name in ("whole", "broken"))
    assert broken.read_text() == whole.read_text()


def test_two_devices(tmp_path: Path) -> None:
    """Mirrored on two logical devices the losses are those of one."""
    project = make(tmp_path, "cnn")
    settings = ["-p", "filters=4", "-p", "dropout_rate=0.0", "--epochs", 2]
    call(project, "train", "--run-dir", "one", *settings)
    two = ["--distribute", "mirrored", "--devices", 2]
    call(project, "train", "--run-dir", "two", *settings, *two)
    item, other = (rows(project / name / "history.csv") for name in ("one", "two"))
    for epoch, same in zip(item, other, strict=True):
        assert float(same["loss"]) == pytest.approx(float(epoch["loss"]), rel=1e-5)


@pytest.mark.parametrize("preset", ["cnn", "mlp"])
def test_readme(preset: str, tmp_path: Path) -> None:
    """The commands that a project's README shows work, in their order."""
    project = make(tmp_path, preset)
    config = project / "config.toml"
    config.write_text(
        config.read_text().replace("[train]", "[train]\nlimit_batches = 2")
    )
    text = (project / "README.md").read_text()
    blocks = text.split("```console\n")[1:]
    shown = [
        line[2:]
        for block in blocks
        for line in block.split("```")[0].splitlines()
        if line.startswith("$ ")
    ]
    targets = (project / "Makefile").read_text()
    for line in shown:
        if line.startswith("make "):
            assert f"\n{line.removeprefix('make ')}: " in targets
    commands = [line for line in shown if line.startswith(project.name)]
    assert {line.split()[1] for line in commands} == {
        "train",
        "predict",
        "evaluate",
        "export",
    }
    write_examples(project, columns=784 if preset == "cnn" else 5)
    results = call_all({project: [shlex.split(line)[1:] for line in commands]})
    assert "skipped" not in "".join(results[project])
    answers = rows(project / "predictions.csv")
    assert len(answers) == 3
    assert {row["prediction"] for row in answers} <= {"yes", "no", "perhaps"}


def write_examples(project: Path, columns: int) -> None:
    """Writes the files that a README names: tables and pictures, of random numbers."""
    dice = np.random.default_rng(0)
    names = [f"c{number}" for number in range(columns)]
    table = pd.DataFrame(dice.uniform(0, 255, (60, columns)), columns=names)
    table["kind"] = dice.choice(["yes", "no", "perhaps"], size=60)
    table.to_csv(project / "examples.csv", index=False)
    # Columns in another order, and others between them, do no harm.
    new = table.head(3).iloc[:, ::-1].assign(note="none")
    new.to_csv(project / "new.csv", index=False)
    for kind in ("cat", "dog"):
        (project / "pictures" / kind).mkdir(parents=True)
        for number in range(10):
            pixels = dice.integers(0, 256, (40, 30, 3), dtype="uint8")
            picture = Image.fromarray(pixels)
            picture.save(project / "pictures" / kind / f"{number}.png")
    picture.save(project / "new.png")
