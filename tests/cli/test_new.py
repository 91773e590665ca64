"""`keras-scaffold new`, as its users see it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SPEC = """
name: tiny
params: {units: 3}
inputs: [4]
layers: [Dense(units)]
"""


def new(
    directory: Path, *args: str, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Runs `keras-scaffold new` in a directory."""
    return subprocess.run(
        [sys.executable, "-m", "scaffold", "new", *args],
        cwd=directory,
        input=given,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A directory with a spec in it."""
    (tmp_path / "tiny.yaml").write_text(SPEC)
    return tmp_path


def test_needs_nothing(tmp_path: Path) -> None:
    """Without a spec, the preset is used, and the user is told so and what is next."""
    done = new(tmp_path, "--style", "subclass")
    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr == (
        "no spec given: using the preset linear_regression (`keras-scaffold presets`)\n"
        "   create  linear_regression.py (subclass)\n"
        "     next  python linear_regression.py\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["linear_regression.py"]


def test_auto_is_the_simplest_style(spec: Path) -> None:
    """A chain is written as a list of layers."""
    assert "keras.Sequential(" in new(spec, "tiny.yaml", "-o", "-").stdout


def test_standard_input_to_standard_output(tmp_path: Path) -> None:
    """`-` is standard input and output; nothing but code is on standard output."""
    done = new(tmp_path, "-", "-o", "-", "--style", "functional", given=SPEC)
    assert done.returncode == 0
    compile(done.stdout, "model.py", "exec")
    assert done.stderr == ""
    assert not list(tmp_path.iterdir())


def test_twice_changes_nothing(spec: Path) -> None:
    """The second time the file is identical, and keeps its time."""
    new(spec, "tiny.yaml")
    os.utime(spec / "tiny.py", ns=(1, 1))
    done = new(spec, "tiny.yaml")
    assert "identical  tiny.py" in done.stderr
    assert (spec / "tiny.py").stat().st_mtime_ns == 1


def test_changed_spec_is_an_update(spec: Path) -> None:
    """A file that nobody edited follows its spec."""
    new(spec, "tiny.yaml")
    (spec / "tiny.yaml").write_text(SPEC.replace("units: 3", "units: 5"))
    assert new(spec, "tiny.yaml", "--check").returncode == 1
    done = new(spec, "tiny.yaml")
    assert done.returncode == 0
    assert "update  tiny.py" in done.stderr
    assert "units=5" in (spec / "tiny.py").read_text()
    assert new(spec, "tiny.yaml", "--check").returncode == 0


def test_edited_file_is_a_conflict(spec: Path) -> None:
    """An edit is never lost: shown by --diff, replaced by --force alone."""
    new(spec, "tiny.yaml")
    path = spec / "tiny.py"
    edited = path.read_text().replace("units=3", "units=4")
    path.write_text(edited)
    done = new(spec, "tiny.yaml")
    assert done.returncode == 1
    assert "conflict  tiny.py" in done.stderr
    assert "KS601" in done.stderr and "--force" in done.stderr
    assert path.read_text() == edited
    shown = new(spec, "tiny.yaml", "--diff")
    assert shown.returncode == 1
    assert "-def build_model(units=4)" in shown.stdout
    assert "+def build_model(units=3)" in shown.stdout
    assert path.read_text() == edited
    forced = new(spec, "tiny.yaml", "--force")
    assert forced.returncode == 0
    assert "force  tiny.py" in forced.stderr
    assert "units=3" in path.read_text()


def test_pretend_writes_nothing(spec: Path) -> None:
    """`--pretend` says what would be done."""
    done = new(spec, "tiny.yaml", "--pretend")
    assert done.returncode == 0
    assert "create  tiny.py" in done.stderr
    assert not (spec / "tiny.py").exists()


def test_params_are_set_from_outside(spec: Path) -> None:
    """`-p` gives a param another default, with the type that YAML gives it."""
    text = new(spec, "tiny.yaml", "-p", "units=32", "-o", "-").stdout
    assert "def build_model(units=32)" in text


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("unit=32", "the spec has no param `unit`"),
        ("units=many", "`units` takes an integer, not the string 'many'"),
        ("units=[", "KS103"),
        ("units=", "units"),
    ],
)
def test_wrong_params_are_findings(spec: Path, given: str, message: str) -> None:
    """A param that is not there, or of the wrong kind, is reported."""
    done = new(spec, "tiny.yaml", "-p", given)
    assert done.returncode == 1
    assert message in done.stderr
    assert not (spec / "tiny.py").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--style", "subclas"),
        ("-p", "units"),
        ("tiny.yaml", "cnn", "-o", "one.py"),
        ("tiny.yaml", "cnn", "-o", "-"),
        ("-o", ""),
        ("tiny.yaml", "--format", "json"),
    ],
)
def test_wrong_usage_exits_with_2(spec: Path, arguments: tuple[str, ...]) -> None:
    """What is wrong with the command line itself is no finding."""
    assert new(spec, *arguments).returncode == 2


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("nothing.yaml", "KS101"),
        ("linear_regresion", "did you mean the preset `linear_regression`?"),
        (".", "KS101"),
        ("a\x7fb", "KS101"),
    ],
)
def test_missing_spec_is_a_finding(spec: Path, named: str, message: str) -> None:
    """A spec that cannot be read is reported, with what could be meant."""
    done = new(spec, named)
    assert done.returncode == 1
    assert message in done.stderr


def test_findings_write_nothing(tmp_path: Path) -> None:
    """With an error, no file is written, and the place is shown."""
    done = new(tmp_path, "-", given="inputs: [4]\nlayers: [Densee(1)]\n")
    assert done.returncode == 1
    assert "-:2:10" in done.stderr
    assert "did you mean `Dense`" in done.stderr
    assert not list(tmp_path.iterdir())


def test_broken_pipe_is_no_fault(tmp_path: Path) -> None:
    """Whoever stops reading gets no traceback."""
    done = subprocess.run(
        f"{sys.executable} -m scaffold layers | head -1",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "Activation"
    assert "Traceback" not in done.stderr


@pytest.mark.keras
def test_shapes(spec: Path) -> None:
    """Keras is asked what every entry gives; the file is like the one without else."""
    plain = new(spec, "tiny.yaml", "--style", "functional", "-o", "-").stdout
    call = "layers.Dense(units)(inputs)"
    assert f"{call}\n" in plain
    done = new(spec, "tiny.yaml", "--style", "functional", "--shapes", "-p", "units=7")
    assert done.returncode == 0, done.stderr
    text = (spec / "tiny.py").read_text()
    assert f"{call}  # (None, 7)\n" in text


@pytest.mark.keras
def test_no_shapes_of_what_cannot_be_built(spec: Path) -> None:
    """It is a finding, and nothing is written."""
    (spec / "tiny.yaml").write_text("inputs: [4]\nlayers:\n  - Reshape((3, 3))\n")
    done = new(spec, "tiny.yaml", "--shapes")
    assert done.returncode == 1
    assert "error[KS702]: `Reshape` cannot be called on (None, 4)" in done.stderr
    assert " --> tiny.yaml:3:5\n" in done.stderr
    assert not (spec / "tiny.py").exists()
