"""Compiled templates are kept as Python keeps compiled modules."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """Return a directory with a copy of the tool, which no other test uses."""
    place = tmp_path / "tool"
    for name in ("scaffold", "templates"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, place / name, ignore=ignored)
    return place


def new(tool: Path, **variables: str) -> str:
    """Run `new` of a copy of the tool, and return the code."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-m", "scaffold", "new", "linear_regression", "-o", "-"],
        cwd=tool,
        env={**inherited, **variables},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def compiled(directory: Path) -> dict[str, bytes]:
    """Return the compiled templates below a directory."""
    tag = sys.implementation.cache_tag
    paths = directory.rglob(f"*.{tag}.jinja")
    return {path.name: path.read_bytes() for path in paths}


def test_a_second_run_compiles_nothing(tool: Path) -> None:
    """It writes no template again, and the same code."""
    code = new(tool)
    (cache,) = (tool / "templates").rglob("__pycache__")
    times = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert len(times) == 3  # the sequential style's, and what it includes
    assert new(tool) == code
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir()} == times


def test_a_changed_template_is_compiled_again(tool: Path) -> None:
    """The text of a template decides, not its date."""
    new(tool)
    template = tool / "templates" / "model" / "module.py.jinja"
    dates = template.stat().st_atime_ns, template.stat().st_mtime_ns
    text = template.read_text(encoding="utf-8")
    template.write_text(text + "LIMIT = 1\n", encoding="utf-8")
    os.utime(template, ns=dates)
    assert "LIMIT = 1" in new(tool)


def test_a_damaged_cache_does_no_harm(tool: Path) -> None:
    """Templates whose compiled form is cut off or garbled are compiled again."""
    code = new(tool)
    for path in (tool / "templates").rglob("*.jinja"):
        if path.parent.name == "__pycache__":
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2])
    assert new(tool) == code
    for path in (tool / "templates").rglob("*.jinja"):
        if path.parent.name == "__pycache__":
            path.write_bytes(b"no bytecode")
    assert new(tool) == code


def test_a_place_that_takes_no_files_does_no_harm(tool: Path) -> None:
    """Nothing is kept, and nothing is said of it."""
    (tool / "templates" / "model" / "__pycache__").write_text("a file")
    assert "keras.Sequential" in new(tool)
    assert not compiled(tool / "templates")


def test_it_is_kept_where_python_keeps_modules(tool: Path, tmp_path: Path) -> None:
    """`PYTHONPYCACHEPREFIX` moves it, `PYTHONDONTWRITEBYTECODE` leaves it out."""
    code = new(tool, PYTHONDONTWRITEBYTECODE="1")
    assert not compiled(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    assert new(tool, PYTHONPYCACHEPREFIX=str(elsewhere)) == code
    assert len(compiled(elsewhere)) == 3
    assert not compiled(tool)
