"""Emacs with what is written for it: `compile` finds where findings are."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.editor.findings import SPECS, Finding, environment
from tests.tools.find import program

EDITOR = "emacs"


def in_emacs(place: Path, spec: str, **more: str) -> dict[str, Any]:
    """Opens a spec in Emacs and compiles it, and gives what it sees."""
    script = Path(__file__).with_name("visit.el")
    done = subprocess.run(
        [program("emacs"), "-Q", "--batch", "-l", "json", "-l", script],
        cwd=place,
        env=environment(place, SPEC=spec, LC_ALL="C.UTF-8", **more),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def entry(finding: Finding) -> list[object]:
    """Gives a finding as Emacs keeps it: 2 is an error, 1 a warning."""
    return [
        finding.file,
        finding.line,
        finding.column,
        2 if finding.severity == "error" else 1,
    ]


@pytest.mark.parametrize("name", [SPECS[0], *SPECS[2:4]])
def test_compile_jumps_to_the_finding(
    name: str, place: Path, printed: tuple[str, list[Finding]]
) -> None:
    """Every finding has its place, and `next-error` goes to the first."""
    path = str(place / name)
    expected = [item._replace(file=path) for item in printed[1] if item.file == name]
    seen = in_emacs(place, name)
    assert seen["seen"] == [entry(item) for item in expected]
    assert seen["at"] == [path, expected[0].line, expected[0].column]


def test_all_of_what_check_prints(
    place: Path, printed: tuple[str, list[Finding]]
) -> None:
    """Several files at once, a warning, and a file that is not there."""
    text, expected = printed
    text += "a b.yaml:3:4: warning: x [KS210]\n"
    (place / "printed").write_text(text)
    seen = in_emacs(place, "model.yaml", PRINTED="printed")
    warning = Finding("a b.yaml", 3, 4, "warning", "x", "KS210")
    assert seen["seen"] == [entry(item) for item in (*expected, warning)]


def test_generates(place: Path) -> None:
    """A sound spec is written, and nothing is found."""
    spec = "name: digits\ninputs: [4]\nlayers: [Dense(1)]\n"
    (place / "models" / "with blanks.yaml").write_text(spec)
    seen = in_emacs(place, "models/with blanks.yaml")
    assert seen["seen"] == []
    assert (place / "digits.py").exists()


def test_other_files_are_left_alone(place: Path) -> None:
    """Only specs get a command; for eglot, the whole project has the schema."""
    (place / "other.yaml").write_text("a: 1\n")
    seen = in_emacs(place, "other.yaml")
    assert seen["command"] is None
    assert "(:.keras-scaffold/spec.schema.json [" in seen["eglot"].replace("\\", "")
