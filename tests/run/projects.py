"""Projects of the starter kit, made and used in tests."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from scaffold.kit import ProjectRequest, furnish
from scaffold.output import plan, write
from scaffold.pipeline import Source
from scaffold.spec import preset_path
from tests.startup import environment
from tests.tools.cpu import PATIENCE

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
    source = Source(path.read_bytes(), str(spec or path.name))
    result, checked = furnish(ProjectRequest(project, source, preset, style, backend))
    assert result is not None, checked.diagnostics
    assert not write(plan(result))
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
    printed, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    return printed


COMMANDS = """
import json, os, sys
from importlib import import_module

for project, lines in json.load(sys.stdin):
    os.chdir(project)
    main = import_module(os.path.basename(project) + ".command").main
    for line in lines:
        print("$", *line, flush=True)
        main(line, standalone_mode=False)
"""
"""Runs commands of projects, one after another, and says before each which it is."""


def call_all(
    commands: Mapping[Path, Sequence[Sequence[object]]],
) -> dict[Path, list[str]]:
    """Runs commands of several projects in one process; all must succeed.

    Args:
        commands: The lines of arguments for each project.

    Returns:
        What each command printed, in the same order.
    """
    lines = [
        (str(project), [list(map(str, item)) for item in several])
        for project, several in commands.items()
    ]
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS],
        env=environment(*(project / "src" for project in commands), **QUIET),
        input=json.dumps(lines),
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    printed = iter(re.split(r"(?m)^\$ .*\n", done.stdout)[1:])
    return {
        project: [next(printed) for _ in several]
        for project, several in commands.items()
    }


def rows(history: Path) -> list[dict[str, str]]:
    """Reads the epochs that a run has written so far."""
    if not history.exists():
        return []
    with history.open() as file:
        return list(csv.DictReader(file))


def wait_for_epochs(run: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Waits until a run has so many epochs behind it."""
    until = time.monotonic() + PATIENCE
    while len(rows(run / "history.csv")) < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.02)
