"""What a command imports, and what it must not."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import scaffold
from tests.tools.imported import LIST_MODULES


def modules_of(directory: Path, *command: str) -> set[str]:
    """Runs a command in a process of its own, and gives what it has imported."""
    done = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, *command],
        cwd=directory,
        check=True,
        capture_output=True,
        text=True,
    )
    return set(done.stdout.rpartition("MODULES")[2].split())


@pytest.mark.parametrize(
    "command",
    [
        ("new", "--style", "subclass"),
        ("new", "cnn", "--style", "functional", "-o", "-"),
        ("new", "metric", "Share", "--tests"),
        ("new", "cnn", "--style", "all", "--pretend"),
        ("compare", "cnn"),
        ("check", "cnn", "mlp"),
        ("layers", "Conv2D"),
        ("presets",),
        ("schema",),
        ("explain", "KS201"),
    ],
)
def test_no_command_imports_keras(command: tuple[str, ...], tmp_path: Path) -> None:
    """Keras, TensorFlow, numpy and psutil stay out of the process."""
    modules = modules_of(tmp_path, *command)
    assert not modules & {"keras", "tensorflow", "numpy", "jax", "torch", "psutil"}


def test_what_is_not_needed_is_not_imported(tmp_path: Path) -> None:
    """`check` needs no templates and no formatter, `--version` not even a reader."""
    assert not modules_of(tmp_path, "check", "cnn") & {"jinja2", "black", "difflib"}
    assert "ruamel" not in modules_of(tmp_path, "--version")
    assert "scaffold.parts" not in modules_of(tmp_path, "new", "-o", "-")


def test_public_names_are_there() -> None:
    """Every public name can be imported; functions and classes say what they are."""
    for name in scaffold.__all__:
        value = getattr(scaffold, name)
        if isinstance(value, type) or callable(value):
            # A NamedTuple without a docstring of its own has its fields for one.
            assert value.__doc__ and not value.__doc__.startswith(f"{name}(")
    assert sorted(scaffold.__all__) == sorted({*scaffold._PACKAGES, "__version__"})


def test_docstring_of_the_package_is_true() -> None:
    """The example that the package gives runs as it stands."""
    tried = doctest.testmod(scaffold)
    assert tried.attempted >= 4 and not tried.failed
