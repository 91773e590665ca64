"""Files that would shadow a module."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.output import Target, plan
from scaffold.output.shadowing import hides_module


@pytest.mark.parametrize("name", ["keras.py", "random.py", "numpy.py", "types.py"])
def test_hiding_name_is_refused(name: str, tmp_path: Path) -> None:
    """A script that would import itself is not written."""
    planned = plan([Target(tmp_path / name, "x = 1\n")])
    assert [finding.code for finding in planned.diagnostics] == ["KS606"]
    assert not planned.steps


def test_other_names_hide_nothing(tmp_path: Path) -> None:
    """Other names, other kinds of file and modules of a package are allowed."""
    assert not hides_module(tmp_path / "model.py")
    assert not hides_module(tmp_path / "random.txt")
    (tmp_path / "__init__.py").touch()
    assert not hides_module(tmp_path / "random.py")


def test_package_to_be(tmp_path: Path) -> None:
    """A file of a package that is written together with it shadows nothing."""
    files = [tmp_path / "own/__init__.py", tmp_path / "own/random.py"]
    targets = [Target(path, "") for path in files]
    assert not plan(targets).diagnostics
    assert [diagnostic.code for diagnostic in plan(targets[1:]).diagnostics] == [
        "KS606"
    ]
