"""Projects of the starter kit, made and used in tests."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from pathlib import Path

from scaffold.kit import Request, furnish
from scaffold.output import plan, write
from scaffold.pipeline import Source
from scaffold.spec import preset_path
from tests.startup import environment

QUIET = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "2"}


def make(
    directory: Path,
    preset: str = "",
    style: str = "auto",
    backend: str = "tensorflow",
    spec: Path | None = None,
) -> Path:
    """Makes a project from a preset or a spec; it is called like that."""
    path = spec or preset_path(preset)
    assert path is not None
    project = directory / f"of_{path.stem}_{style}"
    source = Source(path.read_bytes(), path.name)
    made, checked = furnish(Request(project, source, preset, style, backend))
    assert made is not None, checked.found
    assert not write(plan(made))
    return project


def start(project: Path, *arguments: object) -> subprocess.Popen[str]:
    """Starts the command of a project."""
    return subprocess.Popen(
        [sys.executable, "-m", f"{project.name}.command", *map(str, arguments)],
        cwd=project,
        env=environment(project / "src", **QUIET),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def call(project: Path, *arguments: object) -> str:
    """Runs the command of a project, which must succeed; gives what it prints."""
    process = start(project, *arguments)
    printed, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    return printed


def rows(history: Path) -> list[dict[str, str]]:
    """Reads the epochs that a run has written so far."""
    if not history.exists():
        return []
    with history.open() as file:
        return list(csv.DictReader(file))


def wait_for_epochs(run: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Waits until a run has so many epochs behind it."""
    until = time.monotonic() + 120
    while len(rows(run / "history.csv")) < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.02)
