"""Projects read as their owner would have written them, for each style and backend."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from scaffold.cli.main import cli
from scaffold.kit import ProjectRequest, furnish
from scaffold.output import Target, plan, write
from scaffold.pipeline import Source
from scaffold.spec import preset_path
from tests.goldens import PRESETS

LONG = "a_package_of_thirty_characters"
OWN = """
name: own
params: {size: 8, alpha: 0.5, kind: relu}
inputs:
  left: [$size, 3]
  right: {shape: [null], dtype: int32}
layers:
  - Embedding(20, 4) <- right
  - GlobalAveragePooling1D
  - a = Dense(3, activation="softmax")
  - Dense(4, activation=kind) <- left
  - LeakyReLU(alpha)
  - Flatten
  - b = Dense(2)
outputs: [a, b]
compile: {optimizer: adam, loss: [categorical_crossentropy, mse]}
"""


class Case(NamedTuple):
    """A project to be.

    Attributes:
        package: The name of its package.
        preset: The preset that it begins with, `""` for a spec of one's own.
        style: The style of its model.
        backend: What runs it.
    """

    package: str
    preset: str
    style: str = "auto"
    backend: str = "tensorflow"


CASES = [
    *(Case(f"preset_{number:02}", preset) for number, preset in enumerate(PRESETS)),
    *(
        Case(f"{style[:4]}_{backend[:4]}", "cnn", style, backend)
        for style in ("functional", "subclass")
        for backend in ("tensorflow", "jax", "torch")
    ),
    *(Case(f"own_{backend}", "", "auto", backend) for backend in ("jax", "torch")),
    Case("own_subclass", "", "subclass"),
    *(
        Case(f"{LONG[:24]}_{backend[:5]}", "mlp", "subclass", backend)
        for backend in ("tensorflow", "jax", "torch")
    ),
]


def furnished(
    case: Case, directory: Path, *, is_minimal: bool = False
) -> tuple[Target, ...]:
    """Makes a project's files, as text."""
    source = Source(OWN.encode(), "own.yaml")
    if case.preset:
        path = preset_path(case.preset)
        assert path is not None
        source = Source(path.read_bytes(), path.name)
    result, checked = furnish(
        ProjectRequest(
            directory / case.package,
            source,
            case.preset,
            case.style,
            case.backend,
            "vscode",
            "github",
            docker=True,
            is_minimal=is_minimal,
        )
    )
    assert result is not None, checked.diagnostics
    return result


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with all projects."""
    directory = tmp_path_factory.mktemp("projects")
    for case in CASES:
        assert not write(plan(furnished(case, directory)))
    return directory


def run(*command: str, cwd: Path, **environment: str) -> None:
    """Runs a tool, which must find nothing."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def distinct_files(projects: Path) -> list[str]:
    """Return Python files of the projects, without those that repeat another one.

    Most files of two projects differ only in the name of the package. It is replaced
    by a name of the same length, so that the line breaks stay the same.
    """
    paths = {}
    for case in CASES:
        for path in sorted((projects / case.package).rglob("*.py")):
            text = path.read_text().replace(case.package, "p" * len(case.package))
            paths.setdefault((len(case.package), text), path)
    return [str(path) for path in paths.values()]


@pytest.mark.slow
def test_style(projects: Path) -> None:
    """Ruff, by the rules that the projects set themselves, and Black find nothing."""
    run("ruff", "check", "--no-cache", ".", cwd=projects)
    files = distinct_files(projects)
    assert len(files) > 100
    run("black", "--check", "--quiet", *files, cwd=projects)


@pytest.mark.slow
def test_style_of_minimal_projects(projects: Path, tmp_path: Path) -> None:
    """Minimal projects pass the rules of full ones: they may become full projects."""
    for case in CASES:
        if case.preset == "cnn" or case.style == "auto":
            assert not write(plan(furnished(case, tmp_path, is_minimal=True)))
            rules = (projects / case.package / "pyproject.toml").read_text()
            (tmp_path / case.package / "pyproject.toml").write_text(rules)
    run("ruff", "check", "--no-cache", ".", cwd=tmp_path)
    run("black", "--check", "--quiet", ".", cwd=tmp_path)
    for path, line in lines_of(tmp_path, ".md"):
        assert len(line) <= 88, path
        assert "{{" not in line and "%}" not in line and "None" not in line, path
    readmes = [path.read_text() for path in tmp_path.rglob("README.md")]
    assert max(len(text.splitlines()) for text in readmes) <= 40


@pytest.mark.slow
def test_types(projects: Path) -> None:
    """So does mypy: in one project by its own rules, in all by those together."""
    run("mypy", cwd=projects / "own_jax")
    settings = (projects / "own_jax/pyproject.toml").read_text()
    (projects / "pyproject.toml").write_text(
        settings.replace('"jax.*", ', '"jax.*", "torch.*", ').replace(
            'files = ["src", "tests"]\nmypy_path = "src"\n', ""
        )
    )
    packages = [f"--package={case.package}" for case in CASES]
    path = ":".join(str(projects / case.package / "src") for case in CASES)
    config = ["--config-file", "pyproject.toml"]
    run("mypy", *config, *packages, cwd=projects, MYPYPATH=path)


def lines_of(projects: Path, suffix: str) -> Iterator[tuple[Path, str]]:
    """Gives the lines of all files with a suffix."""
    for path in projects.rglob(f"*{suffix}"):
        for line in path.read_text().splitlines():
            yield path, line


def test_texts(projects: Path) -> None:
    """Other files are sound too: what they say can be read, and is laid out."""
    for case in CASES:
        root = projects / case.package
        config = tomllib.loads((root / "config.toml").read_text())
        assert set(config) == {"train", "params"}
        project = tomllib.loads((root / "pyproject.toml").read_text())
        assert project["project"]["name"] == case.package
        tasks = json.loads((root / ".vscode/tasks.json").read_text())["tasks"]
        makefile = (root / "Makefile").read_text()
        for task in tasks:
            assert f"\n{task['label']}: " in makefile
            assert task["command"] == f"make {task['label']}"
    for path, line in (*lines_of(projects, ".md"), *lines_of(projects, ".toml")):
        assert line == line.rstrip(), path
        assert "{{" not in line and "%}" not in line, path
        assert "None" not in line, path


def test_no_trace_of_this_tool(projects: Path) -> None:
    """A project imports nothing of this tool, and tells no path of a machine."""
    for path, line in lines_of(projects, ".py"):
        assert "import scaffold" not in line and "from scaffold" not in line, path
        assert str(projects) not in line, path


@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_make_model(
    backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`make model` writes overridden methods as `init` does."""
    spec = "inputs: [2]\nlayers: [Dense(1)]\ncompile: {loss: mse}\n"
    source = Source(f"{spec}override: [train_step, test_step]\n".encode(), "model.yaml")
    result, checked = furnish(ProjectRequest(tmp_path, source, backend=backend))
    assert result is not None, checked.diagnostics
    assert not write(plan(result))
    makefile = (tmp_path / "Makefile").read_text()
    (command,) = re.findall(r"^\tkeras-scaffold (new .+)$", makefile, re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, [*command.split(), "--check"])
    assert done.exit_code == 0, done.output
    (model,) = tmp_path.glob("src/*/model.py")
    has_strategies = "num_replicas_in_sync" in model.read_text()
    assert has_strategies is (backend == "tensorflow")


def test_same_again(tmp_path: Path) -> None:
    """The same request gives the same bytes."""
    case = CASES[0]
    assert furnished(case, tmp_path) == furnished(case, tmp_path)
