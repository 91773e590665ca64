"""Projects in new environments, as by new users: `make test-projects`.

For each backend that is named, a project is begun with a tool that was installed just
now, and sets itself up: `make train`, `make test`, `make lint`. Then one of every other
preset trains two epochs, evaluates, predicts, exports and passes its tests, all by its
own command, in that environment.
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
    """A command that did not do what it should."""


def run(*command: str, cwd: Path, path: Path) -> str:
    """Runs a command with a directory in front of the path; gives what it prints."""
    kept = {key: one for key, one in os.environ.items() if "MAKE" not in key}
    kept |= {"PATH": f"{path}{os.pathsep}{os.environ['PATH']}"}
    kept.pop("PYTHONPATH", None)
    done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def install(directory: Path) -> Path:
    """Installs the tool by itself; gives the directory of its command."""
    run(sys.executable, "-m", "venv", "tool", cwd=directory, path=directory)
    path = directory / "tool/bin"
    quiet = ("--quiet", "--disable-pip-version-check")
    run(str(path / "pip"), "install", *quiet, str(ROOT), cwd=directory, path=path)
    return path


def digits(directory: Path, path: Path, backend: str) -> Iterator[str]:
    """Has the usual project set itself up and learn, in each style.

    Yields:
        What came of each style.
    """
    for style in STYLES:
        begin = ["keras-scaffold", "init", f"digits_{style}", "--style", style]
        run(*begin, "--backend", backend, cwd=directory, path=path)
        project = directory / f"digits_{style}"
        if style != STYLES[0]:  # the environment of the first one does for all
            (project / ".venv").symlink_to(directory / f"digits_{STYLES[0]}/.venv")
            add(project, path)
        run("make", "train", cwd=project, path=path)
        printed = run("make", "test", cwd=project, path=path)
        if "skipped" in printed:
            raise Failed(printed)
        run("make", "lint", cwd=project, path=path)
        (found,) = project.glob("runs/*/evaluation.json")
        accuracy = json.loads(found.read_text())["accuracy"]
        if accuracy < 0.97:
            raise Failed(f"{style}: an accuracy of {accuracy}")
        yield f"digits {style}: {accuracy:.4f}, {printed.splitlines()[-1]}"


def add(project: Path, path: Path) -> None:
    """Adds a project to an environment that has all that it needs."""
    quiet = ("--quiet", "--disable-pip-version-check", "--no-deps")
    pip = str(project / ".venv/bin/pip")
    run(pip, "install", *quiet, "--editable", ".", cwd=project, path=path)
    (project / ".venv/.ready").touch()


def preset(name: str, directory: Path, path: Path, backend: str) -> str:
    """Uses a project of a preset; gives what its tests and exports say."""
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
    left_out = [line for line in exported.splitlines() if "skipped" in line]
    if len(left_out) != (name == "tree_rnn"):  # whose loop tf2onnx cannot wire
        raise Failed(exported)
    written = [line for line in exported.splitlines() if line not in left_out]
    forms = [line.split()[0] for line in written]
    return f"{name}: {', '.join(forms)}; {printed.splitlines()[-1]}"


def main(backends: list[str]) -> int:
    """Goes through all backends and presets; gives the number of failures."""
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
            return failures + 1  # the others need its environment
        for name in PRESETS:
            try:
                print(backend, preset(name, directory, path, backend), flush=True)
            except Failed as failed:
                failures += 1
                print(backend, name, "FAILED:", failed, flush=True)
    return failures


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
