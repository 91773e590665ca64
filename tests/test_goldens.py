"""What is written for every case is what is expected, formatted and clean."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.output import is_untouched
from scaffold.pipeline import Source, generate
from scaffold.styles import STYLES, Style
from tests.goldens import (
    CASES,
    HEADER,
    NOTATIONS,
    generated,
    golden,
    possible,
    refused,
    specs,
    styles_of,
)
from tests.parts.cases import part_goldens

EXPECTED = sorted(CASES.glob("*/expected/*.py"))


@pytest.mark.parametrize("spec", [pytest.param(spec, id=spec.stem) for spec in specs()])
def test_golden(spec: Path) -> None:
    """Each style's text is the golden file's, byte for byte."""
    for style, text in generated(spec):
        expected = golden(spec, style).read_text(encoding="utf-8")
        assert text == expected, f"{spec.name} in {style}: see `make goldens`"
        assert is_untouched(text)
        ast.parse(text)


def test_no_golden_file_is_left_over() -> None:
    """Every golden file belongs to a spec that is still there, or to a part."""
    wanted = {golden(spec, style) for spec in specs() for style in possible(spec)}
    assert set(EXPECTED) == wanted | {path for path, _ in part_goldens()}


def test_goldens_of_parts() -> None:
    """So is the text of each part, and of its tests."""
    for expected, text in part_goldens():
        assert text == expected.read_text(encoding="utf-8"), "see `make goldens`"
        assert is_untouched(text)


@pytest.mark.parametrize("line", NOTATIONS)
def test_both_notations_say_the_same(line: str) -> None:
    """Two notations give the same bytes, the line that names the file aside."""
    paths = [CASES / f"{case}.yaml" for case in (line, NOTATIONS[line])]
    for style in styles_of(paths[0]):
        texts = [golden(path, style).read_text(encoding="utf-8") for path in paths]
        rests = [HEADER.sub("", text) for text in texts]
        assert rests[0] == rests[1]
        assert all(
            len(rest) < len(text) for rest, text in zip(rests, texts, strict=True)
        )


def test_black_changes_nothing() -> None:
    """Generated code is stable under Black."""
    command = [sys.executable, "-m", "black", "--check", "--quiet", "-l", "88"]
    done = subprocess.run([*command, *EXPECTED])
    assert done.returncode == 0


def test_ruff_finds_nothing(tmp_path: Path) -> None:
    """Generated code is clean under the rules that its users are likely to have."""
    for path in EXPECTED:
        # Two folders may have files of one name.
        copy = tmp_path / path.parents[1].name / path.name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    rules = ["--select", "F,E,W,I,UP,B,N,D", "--ignore", "D102,D107"]
    google = ["--config", 'lint.pydocstyle.convention = "google"']
    # Tests stand beside the part that they import.
    google += ["--config", 'src = ["parts"]']
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache"]
    done = subprocess.run(
        [*command, *rules, *google, "."], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


PLACES = {
    "clashes": ["3:18", "6:5", "7:5", "8:5"],
    "keyed_graph": ["5:3", "7:5", "11:5", "17:5"],
    "residual": ["9:5", "10:5", "11:5", "12:5"],
    "row_block": ["12:9"],
    "row_block_argument_graph": ["10:9"],
    "row_block_inputs": [
        "8:17",
        "11:9",
        "12:9",
        "18:9",
        "19:14",
        "24:9",
        "25:14",
        "3:25",
        "27:5",
        "28:5",
        "30:5",
        "32:10",
    ],
    "row_block_nested": ["17:9", "18:9", "21:9"],
    "row_block_reuse": ["3:21", "14:5", "15:5", "16:5"],
    "row_for_block": ["11:9", "12:9"],
    "row_from": ["3:24", "6:5", "7:5", "8:5", "11:5"],
    "row_from_keyed": ["3:24", "8:5", "11:5", "15:5", "21:5"],
    "row_if_ops": ["7:5", "8:5", "9:5"],
    "row_imports_in_block": ["12:9"],
    "row_ops": ["7:5", "8:5", "9:5", "10:5", "11:5", "12:5"],
    "row_ops_keyed": ["8:5", "9:5", "10:5", "13:5", "15:5", "16:5"],
    "row_output_name": ["7:10"],
    "row_repeat_second_tensor": ["9:17", "11:9", "12:9", "4:26", "15:5", "16:5"],
    "row_reuse": ["3:21", "7:5", "8:5", "9:5"],
    "row_reuse_keyed": ["3:21", "10:5", "13:5", "14:5"],
    "siamese": ["2:21", "5:5", "6:5"],
    "translation": ["2:49", "6:5", "7:5", "8:5", "9:5"],
    "two_outputs": ["7:5", "9:5", "12:3"],
    "wide_deep": ["6:3", "8:5", "12:5", "14:5", "15:10"],
}
"""The places of all that keeps each graph from being a row of layers."""


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param(spec, id=spec.stem)
        for spec in specs()
        if spec.parent.name == "graphs"
    ],
)
def test_graph_is_refused_as_sequential(spec: Path) -> None:
    """Every entry in the way is named, with its place; `auto` can say the graph."""
    checked = refused(spec, "sequential")
    assert checked is not None
    refused_for = [
        diagnostic
        for diagnostic in checked.diagnostics
        if diagnostic.severity == "error"
    ]
    assert {finding.code for finding in refused_for} == {"KS502"}
    places = [f"{item.span.line}:{item.span.column}" for item in refused_for]
    assert places == PLACES[spec.stem]
    result, _ = generate(Source(spec.read_bytes(), spec.name), "auto")
    assert result is not None and result.style == "functional"


BEYOND = {
    "loop_masked": ["11:5"],
    "forest": ["30:18", "36:13"],
    "override_tensors": ["16:11"],
    "row_loop": ["14:13"],
    "row_loop_keyed": ["16:5"],
    "row_override": ["13:12", "13:29", "13:43", "13:57", "13:68"],
    "row_recurse": ["15:14"],
    "row_recurse_keyed": ["20:5"],
}
"""The places of all that no graph of layers can have."""


@pytest.mark.parametrize("style", STYLES[:2])
@pytest.mark.parametrize("name", BEYOND)
def test_only_a_class_can_say_it(name: str, style: Style) -> None:
    """Each place is named, and the style that can; `auto` takes that."""
    path = CASES / "beyond" / f"{name}.yaml"
    checked = refused(path, style)
    assert checked is not None
    diagnostics = [
        diagnostic
        for diagnostic in checked.diagnostics
        if diagnostic.code in ("KS505", "KS506")
    ]
    assert [
        f"{diagnostic.span.line}:{diagnostic.span.column}" for diagnostic in diagnostics
    ] == BEYOND[name]
    assert all(
        diagnostic.help and "--style subclass" in diagnostic.help
        for diagnostic in diagnostics
    )
    if style == "functional":
        assert diagnostics == [
            diagnostic
            for diagnostic in checked.diagnostics
            if diagnostic.severity == "error"
        ]
    result, _ = generate(Source(path.read_bytes(), path.name), "auto")
    assert result is not None and result.style == "subclass"
