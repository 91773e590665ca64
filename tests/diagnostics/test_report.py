"""Findings as text: for people, for editors, for programs, for GitHub."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scaffold.cli.main import cli
from scaffold.diagnostics import Diagnostic, Span, has_errors, report
from scaffold.pipeline import Source, check

ROOT = Path(__file__).parent.parent.parent
FAULTY = """\
params: {units: 8}
inputs: [4]
layers:
  - Dens(8)
  - Dense(8, activation="rleu")
"""


def carets(line: str, start: int, end: int) -> tuple[str, str]:
    """Gives the shown source line and the line of carets below it."""
    diagnostic = Diagnostic(
        "KS201", "wrong", Span("a.yaml", 1, start, 1, end), "mend it"
    )
    lines = report([diagnostic], "text", {"a.yaml": line}).splitlines()
    assert lines[2] == "  |"
    return lines[3], lines[4]


def test_text() -> None:
    """The text form has the place, the source line with carets, and the help."""
    checked = check(Source(FAULTY.encode(), "model.yaml"))
    assert report(checked.diagnostics, "text", {"model.yaml": checked.text}) == ("""\
error[KS210]: nothing uses the param `units`
 --> model.yaml:1:10
  |
1 | params: {units: 8}
  |          ^^^^^
  = help: remove it, or use it: `Dense(units)`, `$units`

error[KS201]: no layer is called `Dens`
 --> model.yaml:4:5
  |
4 |   - Dens(8)
  |     ^^^^
  = help: did you mean `Dense` or `EinsumDense`?

error[KS205]: 'rleu' is not an activation
 --> model.yaml:5:25
  |
5 |   - Dense(8, activation="rleu")
  |                         ^^^^^^
  = help: did you mean "relu"?
""")


def test_text_without_a_line() -> None:
    """A finding about a whole file has no excerpt, and the number sets the margin."""
    whole = Diagnostic("KS101", "unreadable", Span("a.yaml"), "write it")
    later = Diagnostic("KS201", "wrong", Span("a.yaml", 12, 1, 12, 2), "mend it")
    sources = {"a.yaml": "x\n" * 12}
    assert report([later, whole], "text", sources) == (
        "error[KS101]: unreadable\n--> a.yaml\n = help: write it\n"
        "\n"
        "error[KS201]: wrong\n  --> a.yaml:12:1\n   |\n12 | x\n   | ^\n"
        "   = help: mend it\n"
    )


def test_text_without_the_source() -> None:
    """Where the text is not there, or is shorter, there is no excerpt."""
    diagnostic = Diagnostic("KS201", "wrong", Span("a.yaml", 3, 1, 3, 2), "mend it")
    bare = "error[KS201]: wrong\n --> a.yaml:3:1\n  = help: mend it\n"
    assert report([diagnostic]) == bare
    assert report([diagnostic], "text", {"a.yaml": "x\n"}) == bare
    assert report([diagnostic], "text", {"b.yaml": "x\n" * 9}) == bare


def test_several_lines() -> None:
    """What goes over several lines is marked to the end of its first."""
    diagnostic = Diagnostic("KS201", "wrong", Span("a.yaml", 1, 3, 2, 2), "mend it")
    shown = report([diagnostic], "text", {"a.yaml": "abcdef\nghi\n"}).splitlines()
    assert shown[3:5] == ["1 | abcdef", "  |   ^^^^"]


def test_empty_place() -> None:
    """A place without length has one caret, behind the line's end as well."""
    assert carets("abc", 2, 2) == ("1 | abc", "  |  ^")
    assert carets("abc", 4, 4) == ("1 | abc", "  |    ^")


def test_tabs() -> None:
    """A tab takes one column, above the carets and below."""
    assert carets("\ta:\tbad", 5, 8) == ("1 |  a: bad", "  |     ^^^")


def test_wide_characters() -> None:
    """Wide characters take two columns, marks on letters none."""
    assert carets("名前: bad", 5, 8) == ("1 | 名前: bad", "  |       ^^^")
    assert carets("a: 名前", 4, 6) == ("1 | a: 名前", "  |    ^^^^")
    assert carets("ge\u0301ant: bad", 9, 12)[1] == "  |        ^^^"


def test_control_characters() -> None:
    """No file steers a terminal: control characters are escaped, and counted so."""
    shown, marked = carets("a: \x1b[31mbad", 4, 12)
    assert shown == r"1 | a: \x1b[31mbad"
    assert marked == "  |    ^^^^^^^^^^^"
    diagnostic = Diagnostic(
        "KS201", "a\x07b", Span("c\x1bd\n.yaml", 1, 1, 1, 2), "e\x00f"
    )
    for form in ("text", "short"):
        text = report([diagnostic], form)  # type: ignore[arg-type]  # both are formats
        assert all(character.isprintable() or character == "\n" for character in text)
    assert report([diagnostic]) == (
        "error[KS201]: a\\x07b\n --> c\\x1bd\\n.yaml:1:1\n  = help: e\\x00f\n"
    )
    assert (
        report([diagnostic], "short") == "c\\x1bd\\n.yaml:1:1: error: a\\x07b [KS201]\n"
    )


def test_turned_text() -> None:
    """A mark that turns the direction of writing is escaped as well."""
    assert carets("a: \u202ebad", 4, 5) == (r"1 | a: \u202ebad", "  |    ^^^^^^")


@pytest.mark.parametrize("start", [1, 60, 150, 290])
def test_long_line(start: int) -> None:
    """Of a long line a piece is shown, and the carets stand below the right one."""
    line = "".join(chr(97 + index % 26) for index in range(300))
    shown, marked = carets(line, start, start + 5)
    assert len(shown) <= 4 + 3 + 100
    at = marked.index("^")
    assert marked.count("^") == 5
    assert shown[at : at + 5] == line[start - 1 : start + 4]
    assert shown.startswith("1 | ...") == (start > 51)


def test_short() -> None:
    """The short form is one line a finding, as compilers write it."""
    checked = check(Source(FAULTY.encode(), "model.yaml"))
    assert report(checked.diagnostics, "short").splitlines() == [
        "model.yaml:1:10: error: nothing uses the param `units` [KS210]",
        "model.yaml:4:5: error: no layer is called `Dens` [KS201]",
        "model.yaml:5:25: error: 'rleu' is not an activation [KS205]",
    ]


def test_json() -> None:
    """The JSON form is a list with every field."""
    diagnostic = Diagnostic("KS201", 'a "b" \x1b ü', Span("a.yaml", 4, 5, 4, 9), "c")
    assert json.loads(report([diagnostic], "json")) == [
        {
            "code": "KS201",
            "severity": "error",
            "message": 'a "b" \x1b ü',
            "help": "c",
            "path": "a.yaml",
            "line": 4,
            "column": 5,
            "end_line": 4,
            "end_column": 9,
        }
    ]
    assert report([diagnostic], "json").isascii()


@pytest.mark.parametrize(
    ("form", "empty"), [("text", ""), ("short", ""), ("github", ""), ("json", "[]\n")]
)
def test_nothing(form: str, empty: str) -> None:
    """No findings are no text, and an empty list in JSON."""
    assert report([], form) == empty  # type: ignore[arg-type]  # all are formats


def test_github() -> None:
    """GitHub's commands have the place in their fields, and are one line each."""
    result = [
        Diagnostic(
            "KS201", "50% \x1b b, c: d", Span("x,y:z%.yaml", 2, 3, 2, 7), "e\r\nf"
        ),
        Diagnostic(
            "KS210", "over lines", Span("a.yaml", 1, 2, 3, 4), "mend it", "warning"
        ),
        Diagnostic("KS101", "whole file", Span("a.yaml"), "mend it"),
    ]
    assert report(result, "github").splitlines() == [
        "::error file=a.yaml,title=KS101::whole file%0Amend it",
        "::warning file=a.yaml,title=KS210,line=1,endLine=3::over lines%0Amend it",
        "::error file=x%2Cy%3Az%25.yaml,title=KS201,line=2,endLine=2,col=3,endColumn=7"
        "::50%25 \\x1b b, c: d%0Ae\\r\\nf",
    ]


def test_github_in_a_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step may run below the repository: files are named from where GitHub looks."""
    below = tmp_path / "work" / "models"
    below.mkdir(parents=True)
    for path in (below / "a.yaml", tmp_path / "b.yaml"):
        path.write_text(FAULTY, encoding="utf-8")
    monkeypatch.chdir(below)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "work"))
    names = ["a.yaml", str(below / "a.yaml"), "../../b.yaml", "nowhere.yaml"]
    done = CliRunner().invoke(cli, ["check", *names, "--format", "github"])
    files = [line.split("file=")[1].split(",")[0] for line in done.stdout.splitlines()]
    assert set(files) == {"models/a.yaml", "../../b.yaml", "nowhere.yaml"}


def test_github_on_another_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows there may be no way from the repository to a file."""

    def no_way(*paths: str) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    (tmp_path / "a.yaml").write_text(FAULTY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.setattr("scaffold.cli.console.os.path.relpath", no_way)
    done = CliRunner().invoke(cli, ["check", "a.yaml", "--format", "github"])
    assert done.exit_code == 1 and "file=a.yaml," in done.stdout


def test_order() -> None:
    """Findings come in the order of their places, whatever order they were made in."""
    spans = [Span("a", 2, 1), Span("b", 1, 1), Span("a", 1, 9), Span("a", 1, 2)]
    diagnostics = [Diagnostic("KS201", "wrong", span, "mend it") for span in spans]
    lines = report(diagnostics, "short").splitlines()
    assert [line.split(" ")[0] for line in lines] == [
        "a:1:2:",
        "a:1:9:",
        "a:2:1:",
        "b:1:1:",
    ]


def test_has_errors() -> None:
    """Warnings are no errors."""
    warning = Diagnostic("KS210", "unused", Span("a"), "mend it", "warning")
    assert not has_errors([])
    assert not has_errors([warning])
    assert has_errors([warning, Diagnostic("KS201", "wrong", Span("a"), "mend it")])


def test_colours() -> None:
    """Colours add escapes and nothing else."""
    checked = check(Source(FAULTY.encode(), "model.yaml"))
    sources = {"model.yaml": checked.text}
    span = Span("model.yaml", 2, 1, 2, 7)
    diagnostics = [
        *checked.diagnostics,
        Diagnostic("KS401", "look", span, "mend it", "warning"),
    ]
    plain = report(diagnostics, "text", sources)
    coloured = report(diagnostics, "text", sources, colour=True)
    assert "\x1b" not in plain
    assert coloured.count("\x1b[1;31merror[") == 3
    assert coloured.count("\x1b[1;33mwarning[") == 1
    for escape in ("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[0m"):
        coloured = coloured.replace(escape, "")
    assert coloured == plain


def test_streams(tmp_path: Path) -> None:
    """Reports for people go to stderr without colours, for programs to stdout."""
    path = tmp_path / "model.yaml"
    path.write_text(FAULTY, encoding="utf-8")
    for style in ("text", "short", "json", "github"):
        done = CliRunner().invoke(cli, ["check", str(path), "--format", style])
        assert done.exit_code == 1
        to_program = style in ("json", "github")
        report_, rest = done.stderr, done.stdout
        if to_program:
            report_, rest = rest, report_
        assert rest == ""
        assert "KS201" in report_ and "\x1b" not in report_


def on_terminal(path: Path, **environment: str) -> str:
    """Gives what `check` prints where stderr is a terminal."""
    ours, theirs = pty.openpty()
    clean = {key: text for key, text in os.environ.items() if key != "NO_COLOR"}
    done = subprocess.Popen(
        [sys.executable, "-m", "scaffold", "check", str(path)],
        stderr=theirs,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        env={**clean, **environment},
    )
    os.close(theirs)
    printed = b""
    try:
        while chunk := os.read(ours, 65536):
            printed += chunk
    except OSError:
        pass  # Linux says so when the other end is closed.
    finally:
        os.close(ours)
    assert done.wait() == 1
    return printed.decode()


def test_terminal(tmp_path: Path) -> None:
    """A terminal gets colours, unless `NO_COLOR` is set."""
    path = tmp_path / "model.yaml"
    path.write_text(FAULTY, encoding="utf-8")
    assert "\x1b[1;31merror[KS201]" in on_terminal(path)
    plain = on_terminal(path, NO_COLOR="1")
    assert "error[KS201]" in plain and "\x1b" not in plain
