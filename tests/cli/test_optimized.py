"""Python without docstrings and `assert`: every command says and does the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SPEC = "inputs: [4]\nlayers: [Dense(2), Dense(1)]\ncompile: {loss: mse}\n"
COMMANDS = (
    *("--help", "check --help", "completion --help", "diagram --help", "init --help"),
    *("editor --help", "explain --help", "layers --help", "new --help", "new loss -h"),
    *("presets --help", "schema --help", "styles --help", "verify --help"),
    *("check model.yaml", "check wrong.yaml --format json", "completion fish"),
    *("diagram model.yaml", "editor vim --diff", "explain", "explain KS201"),
    *("init project --defaults --diff", "layers", "layers Dense", "presets"),
    *("new model.yaml --style subclass --with train_step -o -", "new layer Own -o -"),
    *("new metric Own --tests --diff", "presets cnn", "schema", "styles model.yaml"),
)
RUN = """
import os, sys
import scaffold.cli.main as main
from click.testing import CliRunner
for command in sys.argv[1:]:
    done = CliRunner().invoke(main.cli, command.split(), prog_name="keras-scaffold")
    print(f"$ {command}\\n{done.exit_code} {done.exception!r}\\n{done.output}")
"""


def output_of(here: Path, *flags: str) -> str:
    """Return what all commands print, one after another in one process."""
    done = subprocess.run(
        [sys.executable, *flags, "-c", RUN, *COMMANDS],
        cwd=here,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A directory with a sound spec and a wrong one."""
    (tmp_path / "model.yaml").write_text(SPEC)
    (tmp_path / "wrong.yaml").write_text(SPEC.replace("mse", "msee"))
    return tmp_path


def test_every_command_without_docstrings(here: Path) -> None:
    """Help and pages of codes, which are docstrings, still exist."""
    plain = output_of(here)
    assert "Check specs for errors and warnings." in plain and "msee" in plain
    assert output_of(here, "-OO").splitlines() == plain.splitlines()


@pytest.mark.keras
def test_code_runs_without_docstrings(here: Path) -> None:
    """Generated code, and what verifies it, need neither docstrings nor `assert`."""
    done = subprocess.run(
        [sys.executable, "-m", "scaffold", "verify", "model.yaml", "linear_regression"],
        cwd=here,
        env={**os.environ, "PYTHONOPTIMIZE": "2"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 models verified, no findings" in done.stderr
