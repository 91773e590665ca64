"""What lies beside a spec comes into its project."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.diagnostics import Diagnostic
from scaffold.kit import ProjectRequest, furnish
from scaffold.output import plan, write
from scaffold.pipeline import Source

pytestmark = pytest.mark.slow

SPEC = """
inputs: [2]
imports: {Scaled: "own.scaling:Scaled", Shifted: "shifting:Shifted"}
layers: [Scaled, Shifted, Dense(1)]
compile: {loss: mse}
"""
MODULES = {
    "own/__init__.py": "from . import scaling",
    "own/scaling.py": "import keras\nfrom .numbers import TWO\nclass Scaled: ...",
    "own/numbers.py": "TWO = 2",
    "shifting.py": "import json\nfrom constants import ONE\nclass Shifted: ...",
    "constants.py": "import own.numbers\nimport yaml\nONE = 1",
    "unused.py": "",
    "json.py": "raise SystemExit('not the one of Python')",
}


def furnished(
    directory: Path, spec: str, files: dict[str, str | bytes]
) -> tuple[Path, tuple[Diagnostic, ...]]:
    """Makes a project of a spec with files beside it; gives what was found as well."""
    for name, content in {"model.yaml": spec, **files}.items():
        path = directory / "here" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path = directory / "here/model.yaml"
    project = directory / "trial"
    result, checked = furnish(
        ProjectRequest(project, Source(path.read_bytes(), str(path)))
    )
    if result is not None:
        assert not write(plan(result))
    return project, checked.diagnostics


def test_modules(tmp_path: Path) -> None:
    """Modules come with those that they import; packages whole; nothing else."""
    project, results = furnished(tmp_path, SPEC, dict(MODULES))
    assert not results
    copied = {
        path.relative_to(project / "src").as_posix()
        for path in (project / "src").rglob("*.py")
        if path.parent.name != "trial"
    }
    assert copied == {*MODULES} - {"unused.py", "json.py"}
    for name in copied:
        assert (project / "src" / name).read_text() == MODULES[name]
    settings = (project / "pyproject.toml").read_text()
    assert '"src/trial", "src/constants.py", "src/own", "src/shifting.py"' in settings
    assert '"PyYAML>=' in settings or '"pyyaml>=' in settings
    for tool in (["ruff", "check", "--no-cache"], ["black", "--check", "-q"]):
        command = [sys.executable, "-m", *tool, "."]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("spec", "files", "code"),
    [
        (SPEC, {**MODULES, "constants.py": "import trial", "trial.py": ""}, "KS625"),
        (SPEC.replace("shifting", "trial"), {**MODULES, "trial.py": ""}, "KS625"),
        (SPEC.replace("shifting", "keras"), {**MODULES, "keras.py": ""}, "KS625"),
        (SPEC + "train: {data: none.csv}", MODULES, "KS626"),
        (SPEC + "train: {data: own.csv}", {**MODULES, "own.csv/x": ""}, "KS626"),
        (SPEC + "train: {data: ../../x.csv}", MODULES, "KS626"),
    ],
)
def test_refused(tmp_path: Path, spec: str, files: dict[str, str], code: str) -> None:
    """What cannot be copied is said at its place, and nothing is written."""
    (tmp_path / "x.csv").write_text("a,b,y\n")
    project, result = furnished(tmp_path, spec, {**files})
    (diagnostic,) = result
    assert (diagnostic.code, diagnostic.severity) == (code, "error")
    assert diagnostic.help and diagnostic.span.line
    assert not project.exists()


def test_fifo(tmp_path: Path) -> None:
    """Nobody waits for a file that is a pipe."""
    (tmp_path / "here").mkdir()
    os.mkfifo(tmp_path / "here/data.csv")
    _, results = furnished(tmp_path, SPEC + "train: {data: data.csv}", {**MODULES})
    assert [diagnostic.code for diagnostic in results] == ["KS626"]


def test_unknown_module(tmp_path: Path) -> None:
    """A module of which nothing is known is no reason to stop."""
    files = {name: MODULES[name] for name in MODULES if name != "shifting.py"}
    project, results = furnished(tmp_path, SPEC, {**files})
    assert [(diagnostic.code, diagnostic.severity) for diagnostic in results] == [
        ("KS627", "warning")
    ]
    assert project.exists()


INLINE = """
params: {size: 2}
inputs: {left: [$size], right: {shape: [1], dtype: int32}}
layers:
  - both = Concatenate() <- left, right
  - kind = Dense(3, activation="softmax") <- both
  - much = Dense(1) <- both
outputs: {kind: kind, much: much}
compile: {loss: {kind: sparse_categorical_crossentropy, much: mse}}
train:
  x: {left: [[1, 2], [3, 4], [5, 6]], right: [7, 8, 9]}
  y: {kind: [0, 1, 2], much: [0.5, 1.5, -2.5]}
  epochs: 7
  batch_size: 2
"""


def test_inline(tmp_path: Path) -> None:
    """Examples of the spec are those of the project, and so is how it trains."""
    project, results = furnished(tmp_path, INLINE, {})
    assert not results
    tree = ast.parse((project / "src/trial/data.py").read_text())
    (load,) = [
        item
        for item in tree.body
        if isinstance(item, ast.FunctionDef) and item.name == "load"
    ]
    text = ast.unparse(load)
    left = "np.array([[1, 2], [3, 4], [5, 6]], 'float32').reshape(-1, 2)"
    assert f"'left': {left}" in text
    assert "'right': np.array([7, 8, 9], 'int32').reshape(-1, 1)" in text
    assert "'kind': np.array([0, 1, 2], 'int32')" in text
    assert "'much': np.array([0.5, 1.5, -2.5], 'float32')" in text
    config = (project / "config.toml").read_text()
    assert "epochs = 7\nbatch_size = 2\n" in config
    assert "trained on the 3 examples of `model.yaml`" in (
        (project / "README.md").read_text().replace("\n", " ")
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04\xff", b"a,b,y\r\n1,2,3\r\n"])
def test_file(tmp_path: Path, content: bytes) -> None:
    """A file of examples is copied as it is, to where the model's code looks for it."""
    spec = SPEC + "train: {data: parts/some.npz}"
    project, results = furnished(tmp_path, spec, {**MODULES, "parts/some.npz": content})
    assert not results
    assert (project / "src/trial/parts/some.npz").read_bytes() == content
    text = (project / "src/trial/data.py").read_text()
    assert 'read_examples(Path(__file__).parent / "parts/some.npz")' in text
    again, _ = furnished(tmp_path, spec, {})
    assert again == project
