"""Findings as the command prints them, for matchers to read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FAULTS = ROOT / "tests" / "cases" / "faults"

_WRITTEN = (
    "model.yaml",
    "with blanks.yaml",
    "models/od:d:3:4.yaml",
    "models/it's [1] (é).yaml",
)
SPECS = (*_WRITTEN, "models/not there.yaml")
"""Names that a matcher may stumble on."""


class Finding(NamedTuple):
    """A finding, as an editor is to see it; what it does not see is 0 or `""`."""

    file: str
    line: int
    column: int
    severity: str
    message: str
    code: str


def command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs `keras-scaffold` in a directory, as an editor would."""
    return subprocess.run(
        [sys.executable, "-m", "scaffold", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def project(place: Path, *editors: str) -> None:
    """Makes a project with faulty specs, set up for some editors.

    The command is put beside it, in `bin`.
    """
    (place / "models").mkdir(parents=True)
    cases = sorted(FAULTS.glob("*.yaml"))
    ten = FAULTS / "ten_faults.yaml"
    for name, case in zip(_WRITTEN, (ten, *cases[:: len(cases) // 3]), strict=False):
        (place / name).write_bytes(case.read_bytes())
    for editor in editors:
        done = command("editor", editor, cwd=place)
        assert done.returncode == 0, done.stderr
    binary = place.parent / "bin" / "keras-scaffold"
    binary.parent.mkdir()
    binary.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m scaffold "$@"\n')
    binary.chmod(0o755)


def environment(place: Path, **more: str) -> dict[str, str]:
    """Gives an environment in which an editor finds the command."""
    path = f"{place.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ours = {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(place)}
    return {**os.environ, **ours, **more}


def findings(place: Path) -> tuple[str, list[Finding]]:
    """Gives what `check --format short` prints of the specs, and what that says."""
    short = command("check", *SPECS, "--format", "short", cwd=place)
    full = command("check", *SPECS, "--format", "json", cwd=place)
    expected = [
        Finding(
            finding["path"],
            finding["line"],
            finding["column"],
            finding["severity"],
            finding["message"],
            finding["code"],
        )
        for finding in json.loads(full.stdout)
    ]
    assert len(expected) > 10
    return short.stderr, expected
