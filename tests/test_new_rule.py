"""`make new-rule` begins a rule that has to be filled in, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.pages import CODES
from tests.new_rule import problem

ROOT = Path(__file__).parents[1]
COPIED = (
    "scaffold",
    "templates",
    "docs/schema",
    "docs/diagnostics.md",
    "pyproject.toml",
)
COPIED_TESTS = ("__init__.py", "new_rule.py")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return the root of a copy of what the tool reads and writes."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in COPIED:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, path, ignore=ignored)
        else:
            shutil.copy(ROOT / name, path)
    (tmp_path / "tests" / "checks").mkdir(parents=True)
    for name in COPIED_TESTS:
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests" / name)
    return tmp_path


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a module in a copy."""
    return subprocess.run(
        [sys.executable, "-P", "-m", *command],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
    )


def passes(root: Path) -> bool:
    """Check whether the one test of a copy passes."""
    done = run(root, "pytest", "-q", "-p", "no:cacheprovider", "tests/checks")
    assert done.returncode in (0, 1), done.stdout
    return done.returncode == 0


@pytest.mark.parametrize(
    ("family", "options", "empty", "filled"),
    [
        (
            "2",
            (),
            'argument.name == "AN ARGUMENT"',
            'target.name == "Dense" and argument.value.span.line == 3',
        ),
        ("4", ("--shapes",), "0 in (shape or ())", "8 in (shape or ())"),
    ],
)
def test_new_rule(
    copy: Path, family: str, options: tuple[str, ...], empty: str, filled: str
) -> None:
    """The rule is on the list, and its test fails until both are filled in."""
    last = max(code for code in CODES if code[2] == family)
    code = f"KS{int(last[2:]) + 1}"
    done = run(copy, "tests.new_rule", "even_units", "--family", family, *options)
    assert done.returncode == 0, done.stderr
    assert f"## {code}" in (copy / "docs" / "diagnostics.md").read_text()
    assert code in (copy / "docs" / "schema" / "findings.schema.json").read_text()
    assert f"{code}  even-units" in run(copy, "scaffold", "explain").stdout
    assert not passes(copy)
    rule = copy / "scaffold" / "checks" / "rules" / "even_units.py"
    test = copy / "tests" / "checks" / "test_even_units.py"
    linted = run(copy, "ruff", "check", "--quiet", str(rule), str(test))
    assert linted.returncode == 0, linted.stdout
    rule.write_text(rule.read_text().replace(empty, filled))
    text = test.read_text()
    place = "3:11" if family == "2" else "3:5"
    wrong, right = text.replace('"3:5"', f'"{place}"').split("RIGHT =")
    test.write_text(wrong + "RIGHT =" + right.replace("  - Dense(8)", "  - Flatten"))
    assert passes(copy)
    again = run(copy, "tests.new_rule", "even_units", "--family", family)
    assert again.returncode == 2
    assert again.stderr == "make new-rule: the rule 'even_units' exists already\n"


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("", "2"),
        ("units", "2"),
        ("Even_Units", "2"),
        ("even-units", "2"),
        ("even units", "2"),
        ("_even_units", "2"),
        ("even_units_", "2"),
        ("even_2", "2"),
        ("../even_units", "2"),
        ("gerade_einheiten_ä", "2"),
        ("even_units" * 9, "2"),
        ("shape_rule", "2"),
        ("unused_param", "2"),
        ("shape_misfit", "2"),
        ("even_units", "1"),
        ("even_units", "5"),
        ("even_units", "9"),
        ("even_units", "22"),
        ("even_units", ""),
    ],
)
def test_problem(name: str, family: str) -> None:
    """A name that is no rule's, or is taken, is refused with the reason."""
    assert problem(name, family)


def test_no_problem() -> None:
    """A free name is taken as it is."""
    assert problem("even_units", "3") == ""
