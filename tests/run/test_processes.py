"""A project on JAX trains in two processes what one would have learned."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.run.projects import QUIET, make, rows, wait_for_epochs
from tests.startup import environment
from tests.tools.cpu import PATIENCE

pytestmark = pytest.mark.keras

SETTINGS = [
    *("-p", "filters=4", "--limit-batches", "8", "--batch-size", "30"),
    *("--epochs", "2", "--run-dir", "run"),
]

LEARN = """
import os, sys
import {package}.runs, keras, numpy as np

seen = []
set_model = keras.callbacks.Callback.set_model


def note(self, model):
    seen[:] = [model]
    set_model(self, model)


keras.callbacks.Callback.set_model = note
from {package}.command import main

main(sys.argv[1:], standalone_mode=False)
number = os.environ.get("KERAS_DISTRIBUTION_PROCESS_ID", "0")
np.savez(f"weights_{{number}}.npz", *seen[0].get_weights())
"""
"""Runs the command, and writes the weights of its model, in every process."""


def start(
    project: Path, *arguments: str, number: int | None = None, address: str = ""
) -> subprocess.Popen[str]:
    """Starts the command; with a number, as one of two processes."""
    group = {}
    if number is not None:
        group = {
            "KERAS_DISTRIBUTION_JOB_ADDRESSES": address,
            "KERAS_DISTRIBUTION_NUM_PROCESSES": "2",
            "KERAS_DISTRIBUTION_PROCESS_ID": str(number),
        }
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=project,
        env=environment(project / "src", **QUIET, **group),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    """Waits for a process, which must end well."""
    printed, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, printed
    return printed


@pytest.fixture(autouse=True, scope="module")
def _compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Lets JAX compile for all of these processes once: it takes half of their time."""
    with pytest.MonkeyPatch.context() as patch:
        directory = tmp_path_factory.mktemp("compiled")
        patch.setenv("JAX_COMPILATION_CACHE_DIR", str(directory))
        patch.setenv("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project on JAX."""
    return make(tmp_path, "cnn", backend="jax")


def weights(project: Path, number: int = 0) -> Iterator[np.ndarray]:
    """Reads the weights that a process has noted, in order."""
    with np.load(project / f"weights_{number}.npz") as stored:
        yield from (stored[name] for name in stored.files)


def test_two_learn_what_one_does(project: Path) -> None:
    """The weights are the same in both, and those of one process to 1e-5."""
    (project / "learn.py").write_text(LEARN.format(package=project.name))
    command = ["learn.py", "train", *SETTINGS]
    finish(start(project, *command))
    alone = list(weights(project))
    (project / "run").rename(project / "alone")
    finish(start(project, *command, "--distribute", "processes", "--processes", "2"))
    for pair, first, second in zip(
        alone, weights(project, 0), weights(project, 1), strict=True
    ):
        assert np.array_equal(first, second)
        np.testing.assert_allclose(first, pair, atol=1e-5)
    histories = [rows(project / name / "history.csv") for name in ("alone", "run")]
    assert [len(history) for history in histories] == [2, 2]
    # And one goes on with what two have begun.
    module = f"{project.name}.command"
    more = ["train", "--resume", "--run-dir", "run", "--epochs", "3"]
    finish(start(project, "-m", module, *more))
    assert len(rows(project / "run/history.csv")) == 3


@pytest.mark.parametrize("killed", [0, 1])
def test_death_of_one_stops_the_other(project: Path, killed: int) -> None:
    """Started by hand, a process whose peer dies ends soon, and says so."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = ["-m", f"{project.name}.command", "train", *SETTINGS, "--epochs", "9999"]
    both = [
        start(
            *(project, *command, "--distribute", "processes", "--patience", "0"),
            number=number,
            address=address,
        )
        for number in (0, 1)
    ]
    try:
        wait_for_epochs(project / "run", 1, both[0])
        both[killed].send_signal(signal.SIGKILL)
        # By itself JAX would notice after 100 seconds.
        printed, _ = both[1 - killed].communicate(timeout=90)
    finally:
        for process in both:
            process.kill()
            process.communicate()
    assert both[1 - killed].returncode != 0
    # If process 0 dies, JAX may be the first to notice, and to say so.
    assert "lost another process" in printed or (killed == 0 and "Coord" in printed)


def test_launcher_stops_all(project: Path) -> None:
    """Of processes that were started together, none outlives another."""
    module = f"{project.name}.command"
    processes = ["--distribute", "processes", "--processes", "2"]
    command = ["train", *SETTINGS, "--epochs", "9999", "--patience", "0", *processes]
    launcher = start(project, "-m", module, *command)
    wait_for_epochs(project / "run", 1, launcher)
    children = Path(f"/proc/{launcher.pid}/task/{launcher.pid}/children")
    pids = [int(pid) for pid in children.read_text().split()]
    assert len(pids) == 2
    os.kill(pids[1], signal.SIGKILL)
    printed, _ = launcher.communicate(timeout=PATIENCE)
    assert launcher.returncode != 0
    assert "the others were stopped" in printed
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
