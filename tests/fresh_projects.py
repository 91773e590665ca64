"""Tests projects in new environments, as for new users: `make test-projects`.

For each given backend, installs the tool into a new environment and creates a project,
which sets itself up: `make train`, `make test`, `make lint`. Then a project of every
other preset trains two epochs, evaluates, predicts, exports and runs its tests with its
own command, in the same environment, and a minimal project of it is trained.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.goldens import PRESETS

ROOT = Path(__file__).parent.parent
STYLES = ("sequential", "functional", "subclass")

SAVE = """
import numpy as np
from {package}.data import load, pick

few = pick(load(), slice(5)).x
np.savez("few.npz", **(few if isinstance(few, dict) else dict(x=few)))
"""


class Failed(Exception):
    """A command failed, or had an unexpected result."""


def run(*command: str, cwd: Path, path: Path) -> str:
    """Run a command with a directory first in PATH, and return its standard output."""
    kept = {key: value for key, value in os.environ.items() if "MAKE" not in key}
    kept |= {"PATH": f"{path}{os.pathsep}{os.environ['PATH']}"}
    kept.pop("PYTHONPATH", None)
    done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def install(directory: Path) -> Path:
    """Install the tool, and return the directory of its command."""
    run(sys.executable, "-m", "venv", "tool", cwd=directory, path=directory)
    path = directory / "tool/bin"
    quiet = ("--quiet", "--disable-pip-version-check")
    run(str(path / "pip"), "install", *quiet, str(ROOT), cwd=directory, path=path)
    return path


def digits(directory: Path, path: Path, backend: str) -> Iterator[str]:
    """Set up and train the default project, in each style.

    Yields:
        A line with the result of each style.
    """
    for style in STYLES:
        begin = ["keras-scaffold", "init", f"digits_{style}", "--style", style]
        run(*begin, "--backend", backend, cwd=directory, path=path)
        project = directory / f"digits_{style}"
        if style != STYLES[0]:  # all use the environment of the first project
            (project / ".venv").symlink_to(directory / f"digits_{STYLES[0]}/.venv")
            add(project, path)
        run("make", "train", cwd=project, path=path)
        printed = run("make", "test", cwd=project, path=path)
        if "skipped" in printed:
            raise Failed(printed)
        run("make", "lint", cwd=project, path=path)
        (paths,) = project.glob("runs/*/evaluation.json")
        accuracy = json.loads(paths.read_text())["accuracy"]
        if accuracy < 0.97:
            raise Failed(f"{style}: an accuracy of {accuracy}")
        yield f"digits {style}: {accuracy:.4f}, {printed.splitlines()[-1]}"


def add(project: Path, path: Path) -> None:
    """Install a project into an environment that has its dependencies."""
    quiet = ("--quiet", "--disable-pip-version-check", "--no-deps")
    pip = str(project / ".venv/bin/pip")
    run(pip, "install", *quiet, "--editable", ".", cwd=project, path=path)
    (project / ".venv/.ready").touch()


def preset(name: str, directory: Path, path: Path, backend: str) -> str:
    """Use a project of a preset, and return a line with its exports and tests."""
    begin = ["keras-scaffold", "init", f"of_{name}", "--preset", name]
    run(*begin, "--backend", backend, cwd=directory, path=path)
    project = directory / f"of_{name}"
    (project / ".venv").symlink_to(directory / f"digits_{STYLES[0]}/.venv")
    add(project, path)
    python = str(project / ".venv/bin/python")
    command = str(project / f".venv/bin/of_{name}")
    run(command, "train", "--epochs", "2", cwd=project, path=path)
    run(command, "evaluate", cwd=project, path=path)
    run(python, "-c", SAVE.format(package=project.name), cwd=project, path=path)
    lines = run(command, "predict", "few.npz", cwd=project, path=path).splitlines()
    if len(lines) != 6:
        raise Failed("\n".join(lines))
    exported = run(command, "export", cwd=project, path=path)
    printed = run("make", "test", cwd=project, path=path)
    skipped = [line for line in exported.splitlines() if "skipped" in line]
    if len(skipped) != (name == "tree_rnn"):  # tf2onnx cannot convert its loop
        raise Failed(exported)
    written = [line for line in exported.splitlines() if line not in skipped]
    forms = [line.split()[0] for line in written]
    return f"{name}: {', '.join(forms)}; {printed.splitlines()[-1]}"


def minimal(name: str, directory: Path, path: Path, backend: str) -> str:
    """Train the minimal project of a preset, and return a line with its last result."""
    begin = ["keras-scaffold", "init", f"small_{name}", "--preset", name, "--minimal"]
    run(*begin, "--backend", backend, cwd=directory, path=path)
    project = directory / f"small_{name}"
    environment = directory / f"digits_{STYLES[0]}/.venv"
    (project / ".venv").symlink_to(environment)
    (environment / ".ready").touch()
    printed = run("make", "train", cwd=project, path=path)
    if not (project / "model.keras").stat().st_size:
        raise Failed(printed)
    return f"{name}, minimal: {printed.splitlines()[-1]}"


def main(backends: list[str]) -> int:
    """Test all backends and presets, and return the number of failures."""
    failures = 0
    for backend in backends:
        directory = ROOT / "build/projects" / f"{backend}-{time.strftime('%H%M%S')}"
        directory.mkdir(parents=True)
        path = install(directory)
        try:
            for line in digits(directory, path, backend):
                print(backend, line, flush=True)
        except Failed as failed:
            print(backend, "digits:", failed, flush=True)
            return failures + 1  # the other projects need its environment
        for name in PRESETS:
            try:
                print(backend, preset(name, directory, path, backend), flush=True)
                print(backend, minimal(name, directory, path, backend), flush=True)
            except Failed as failed:
                failures += 1
                print(backend, name, "FAILED:", failed, flush=True)
    return failures


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
