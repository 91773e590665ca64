"""Every fault is found once, under its code, where it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from scaffold.cli.main import cli
from scaffold.diagnostics import report
from scaffold.pages import CODES
from scaffold.pages.page import language
from scaffold.pipeline import Source, check

FAULTS = Path(__file__).parent.parent / "cases" / "faults"
CASES = sorted(FAULTS.glob("KS*"))
EXPECTED = re.compile(r"expect: (KS\d+) (\d+):(\d+)-(\d+)")
TEN = FAULTS / "ten_faults.yaml"


@pytest.mark.parametrize("path", [pytest.param(case, id=case.name) for case in CASES])
def test_fault(path: Path) -> None:
    """There is exactly one finding: the one that the file itself expects."""
    checked = check(Source(path.read_bytes(), f"model{path.suffix}"))
    codes = [
        (
            diagnostic.code,
            diagnostic.span.line,
            diagnostic.span.column,
            diagnostic.span.end_column,
        )
        for diagnostic in checked.diagnostics
    ]
    expected = EXPECTED.search(path.read_text(encoding="utf-8"))
    assert expected is not None
    code, *place = expected.groups()
    shown = report(checked.diagnostics, "text", {f"model{path.suffix}": checked.text})
    assert codes == [(code, *map(int, place))], shown
    assert path.name.startswith(code)


@pytest.mark.parametrize("path", [pytest.param(case, id=case.name) for case in CASES])
def test_wording(path: Path) -> None:
    """A message is one sentence without a full stop, and no help is empty words."""
    for diagnostic in check(
        Source(path.read_bytes(), f"model{path.suffix}")
    ).diagnostics:
        assert diagnostic.message == diagnostic.message.strip() and diagnostic.message
        assert not diagnostic.message.endswith(".")
        assert not diagnostic.help.removesuffix("...").endswith("."), diagnostic.help


def test_every_code_has_a_case() -> None:
    """Each code that a spec can trigger has a file of its own, or more."""
    wanted = {code for code, page in CODES.items() if language(page.example) == "yaml"}
    assert {path.name[:5] for path in CASES} == wanted


def test_ten_faults() -> None:
    """Ten faults in one file are ten findings in one run, each in its place."""
    checked = check(Source(TEN.read_bytes(), "ten_faults.yaml"))
    assert [
        (diagnostic.span.line, diagnostic.span.column, diagnostic.code)
        for diagnostic in sorted(
            checked.diagnostics, key=lambda diagnostic: diagnostic.span
        )
    ] == [
        (3, 1, "KS106"),
        (5, 3, "KS208"),
        (7, 18, "KS401"),
        (9, 5, "KS201"),
        (10, 5, "KS203"),
        (11, 18, "KS202"),
        (13, 5, "KS207"),
        (13, 22, "KS204"),
        (14, 26, "KS205"),
        (15, 13, "KS209"),
    ]


def test_ten_faults_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`new` exits with 1 for it, and writes nothing."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["new", str(TEN)])
    assert done.exit_code == 1
    assert done.stderr.count("error[KS") == 10
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []
