"""The wheel, installed alone into an empty environment."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A wheel is built and installed once for all tests of this file.
pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("wheel")]


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command, which must succeed."""
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, newly built."""
    directory = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", directory, ROOT, cwd=ROOT)
    (built,) = directory.glob("keras_scaffold-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the commands of an environment that has the wheel alone.

    With the oldest Python that we support, it has the oldest packages.
    """
    directory = tmp_path_factory.mktemp("environment")
    venv.create(directory, with_pip=True)
    python = directory / "bin" / "python"
    older = oldest() if sys.version_info[:2] == (3, 11) else []
    run(python, "-m", "pip", "install", "--quiet", wheel, *older, cwd=directory)
    return directory / "bin"


def oldest() -> list[str]:
    """Gives what the project needs, each in the oldest version that it allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = project["project"]["dependencies"]
    match = [re.fullmatch(r"([\w.-]+)>=([\d.]+)(,<\d+)?", item) for item in needed]
    assert all(match)
    return [
        f"{requirement[1]}=={requirement[2]}" for requirement in match if requirement
    ]


def test_holds_all_it_needs(wheel: Path) -> None:
    """Templates, presets and the catalogue are in it; tests and docs are not."""
    names = zipfile.ZipFile(wheel).namelist()
    assert "scaffold/templates/model/subclass.py.jinja" in names
    assert "scaffold/templates/parts/layer_tests.py.jinja" in names
    assert "scaffold/templates/presets/cnn.yaml" in names
    assert any(name.endswith("/layers.json") for name in names)
    assert "scaffold/py.typed" in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"scaffold"}


def test_runs_without_tensorflow(installed: Path, tmp_path: Path) -> None:
    """`new`, `check`, `layers`, `presets` and `explain` work with no Keras around."""
    listed = run(installed / "python", "-m", "pip", "list", cwd=tmp_path).stdout.lower()
    assert "tensorflow" not in listed and "numpy" not in listed
    command = installed / "keras-scaffold"
    run(command, "new", "--style", "subclass", cwd=tmp_path)
    assert "class LinearRegression" in (tmp_path / "linear_regression.py").read_text()
    run(command, "new", "layer", "Wide", "--tests", cwd=tmp_path)
    assert "import Wide" in (tmp_path / "test_wide.py").read_text()
    run(command, "check", "cnn", "mlp", cwd=tmp_path)
    assert "Conv2D" in run(command, "layers", cwd=tmp_path).stdout
    assert "cnn" in run(command, "presets", cwd=tmp_path).stdout
    assert "KS201" in run(command, "explain", "KS201", cwd=tmp_path).stdout
