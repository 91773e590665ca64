"""docs/tutorial.md: a reader who does what it says sees what it shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.page_differences import differences
from tests.page_templates import DOCS
from tests.startup import environment

ROOT = Path(__file__).parents[1]
PAGE = (DOCS / "tutorial.md").read_text(encoding="utf-8")
TEMPLATE = (DOCS / "tutorial.md.jinja").read_text(encoding="utf-8")
PRESET = (ROOT / "templates/presets/linear_regression.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "other", "same"),
    [
        ("loss: 1.1993", "loss: 1.1994", True),
        ("[[ 9.99999]", "[[10.      ]", True),
        ("[[1.5]]", "[1.5]", False),
        ("[69.30945 ]", "[69.309455]", True),
        ("loss: 1.1993", "loss: 1.2993", False),
        ("loss: 135", "loss: 134.9", True),
        ("loss: 135", "loss: 13.5", False),
        ("loss: 1.1993", "loss: nan", False),
        ("Keras 3.15.1", "Keras 3.16.0", False),
        ("epochs: 50", "epochs: 51", False),
        ("slopes: 1.0 0.5", "slopes: 1.0", False),
    ],
)
def test_differences(line: str, other: str, *, same: bool) -> None:
    """Only the last digits of a number may differ."""
    assert (differences(line, other) == []) is same


def test_a_missing_line_is_a_difference() -> None:
    """A page that ends early is not the same page."""
    assert differences("a\nb\n", "a\n") == [("b", "")]


def test_everything_is_run() -> None:
    """The template has no blocks: all of them come from saving and running."""
    assert "```" not in TEMPLATE
    assert not re.findall(r"^\$ ", TEMPLATE, re.MULTILINE)
    saved = re.findall(r"^```(?:python|yaml)\n# (\S+)\n", PAGE, re.MULTILINE)
    assert saved == re.findall(r'{% call save\("(\S+)"\)', TEMPLATE)
    commands = re.findall(r"^\$ (.*)", PAGE, re.MULTILINE)
    assert "python old.py" in commands and len(commands) >= 12


def test_the_data_are_those_of_the_preset() -> None:
    """The page says so."""
    for key in ("x", "y", "predict"):
        (line,) = re.findall(rf"^  {key}: .*", PRESET, re.MULTILINE)
        assert f"\n{line}\n" in PAGE


def test_it_answers_when_to_use_which_style() -> None:
    """The answer is a section of its own, with a reason for each style."""
    answer = PAGE.partition("## Which style, and why")[2].partition("\n## ")[0]
    for style in ("sequential", "functional", "subclass"):
        (item,) = re.findall(
            rf"^- Use \*\*{style}\*\*(.*?)(?=^- |\n\n)", answer, re.S | re.M
        )
        assert "because" in item


@pytest.mark.keras
def test_the_page_is_current() -> None:
    """It is written by `make docs`, which runs it from top to bottom."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.tutorial_page"],
        cwd=ROOT,
        env=environment(ROOT, TF_CPP_MIN_LOG_LEVEL="2", CUDA_VISIBLE_DEVICES="-1"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert differences(PAGE, done.stdout) == [], "run `make docs`"
