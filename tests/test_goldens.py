"""What is written for every case is what is expected, formatted and clean."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.output import is_untouched
from scaffold.pipeline import Source, generate
from scaffold.styles import STYLES
from tests.goldens import (
    CASES,
    generated,
    golden,
    is_graph,
    refused,
    specs,
    styles_of,
)

EXPECTED = sorted(CASES.glob("*/expected/*.py"))


@pytest.mark.parametrize("spec", [pytest.param(one, id=one.stem) for one in specs()])
def test_golden(spec: Path) -> None:
    """Each style's text is the golden file's, byte for byte."""
    for style, text in generated(spec):
        expected = golden(spec, style).read_text(encoding="utf-8")
        assert text == expected, f"{spec.name} in {style}: see `make goldens`"
        assert is_untouched(text)
        ast.parse(text)


def test_no_golden_file_is_left_over() -> None:
    """Every golden file belongs to a spec that is still there."""
    wanted = {golden(spec, style) for spec in specs() for style in styles_of(spec)}
    assert set(EXPECTED) == wanted


def test_both_notations_say_the_same() -> None:
    """Two notations give the same bytes, the line that names the file aside."""
    for style in STYLES:
        texts = [
            golden(CASES / "chains" / f"{name}.yaml", style).read_text(encoding="utf-8")
            for name in ("line", "keyed")
        ]
        lines = [
            [line for line in text.splitlines() if "; sha256 " not in line]
            for text in texts
        ]
        assert lines[0] == lines[1]
        assert len(lines[0]) == len(texts[0].splitlines()) - 1


def test_black_changes_nothing() -> None:
    """Generated code is stable under Black."""
    command = [sys.executable, "-m", "black", "--check", "--quiet", "-l", "88"]
    done = subprocess.run([*command, *EXPECTED])
    assert done.returncode == 0


def test_ruff_finds_nothing(tmp_path: Path) -> None:
    """Generated code is clean under the rules that its users are likely to have."""
    for path in EXPECTED:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    rules = ["--select", "F,E,W,I,UP,B,N,D", "--ignore", "D102,D107"]
    google = ["--config", 'lint.pydocstyle.convention = "google"']
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache"]
    done = subprocess.run(
        [*command, *rules, *google, "."], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


PLACES = {
    "clashes": ["3:18", "6:5", "7:5", "8:5"],
    "keyed_graph": ["5:3", "7:5", "11:5", "17:5"],
    "residual": ["9:5", "10:5", "11:5", "12:5"],
    "siamese": ["2:21", "5:5", "6:5"],
    "translation": ["2:49", "6:5", "7:5", "8:5", "9:5"],
    "two_outputs": ["7:5", "9:5", "12:3"],
    "wide_deep": ["6:3", "8:5", "12:5", "14:5", "15:10"],
}
"""The places of all that keeps each graph from being a row of layers."""


@pytest.mark.parametrize(
    "spec", [pytest.param(one, id=one.stem) for one in specs() if is_graph(one)]
)
def test_graph_is_refused_as_sequential(spec: Path) -> None:
    """Every entry in the way is named, with its place; `auto` can say the graph."""
    checked = refused(spec, "sequential")
    assert checked is not None
    assert {finding.code for finding in checked.found} == {"KS502"}
    places = [f"{one.span.line}:{one.span.column}" for one in checked.found]
    assert places == PLACES[spec.stem]
    made, _ = generate(Source(spec.read_bytes(), spec.name), "auto")
    assert made is not None and made.style == "functional"
