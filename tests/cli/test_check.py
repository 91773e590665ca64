"""`keras-scaffold check`, as its users see it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold.cli.main import cli

GOOD = "inputs: [4]\nlayers: [Dense(1)]\n"
BAD = """\
inputs: [8]
layers:
  - Dens(8)
  - Dense(8, units=9)
"""
FOUND = [("KS201", 3, 5, 9), ("KS206", 4, 14, 19)]
"""The code, line and columns of each finding in `BAD`."""


def check(*args: str, arguments: bytes = b"") -> Result:
    """Run `keras-scaffold check` here."""
    runner = CliRunner(catch_exceptions=False)
    return runner.invoke(
        cli, ["check", *args], input=arguments, prog_name="keras-scaffold"
    )


@pytest.fixture(autouse=True)
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change to a directory with a good spec and a bad one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "bad.yaml").write_text(BAD)


def test_text() -> None:
    """Findings with their source lines and a count go to stderr, as one text."""
    done = check("bad.yaml")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "error[KS201]: no layer is called `Dens`\n --> bad.yaml:3:5\n" in done.stderr
    assert "3 |   - Dens(8)\n  |     ^^^^\n" in done.stderr
    assert " --> bad.yaml:4:14\n" in done.stderr
    assert done.stderr.endswith("\n2 findings\n")


def test_short() -> None:
    """One line per finding on stderr, without a count."""
    done = check("bad.yaml", "--format", "short")
    assert done.exit_code == 1
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0] == "bad.yaml:3:5: error: no layer is called `Dens` [KS201]"
    assert lines[1].startswith("bad.yaml:4:14: error: ")
    assert lines[1].endswith(" [KS206]")
    assert len(lines) == 2


def test_json() -> None:
    """A list of objects, and nothing else, on stdout."""
    done = check("bad.yaml", "--format", "json")
    assert done.exit_code == 1
    assert done.stderr == ""
    rows = json.loads(done.stdout)
    result = [
        (row["code"], row["line"], row["column"], row["end_column"]) for row in rows
    ]
    assert result == FOUND
    assert {(row["path"], row["severity"]) for row in rows} == {("bad.yaml", "error")}


def test_github() -> None:
    """One workflow command per finding on stdout, and nothing else."""
    done = check("bad.yaml", "--format", "github")
    assert done.exit_code == 1
    assert done.stderr == ""
    for line, (code, row, start, end) in zip(
        done.stdout.splitlines(), FOUND, strict=True
    ):
        place = f"line={row},endLine={row},col={start},endColumn={end}"
        assert line.startswith(f"::error file=bad.yaml,title={code},{place}::")


@pytest.mark.parametrize(
    ("style", "stdout", "stderr"),
    [
        ("text", "", "1 spec checked, no findings\n"),
        ("short", "", ""),
        ("json", "[]\n", ""),
        ("github", "", ""),
    ],
)
def test_nothing_found(style: str, stdout: str, stderr: str) -> None:
    """A good spec exits with 0; only `text` prints a summary, JSON stays JSON."""
    done = check("good.yaml", "--format", style)
    assert (done.exit_code, done.stdout, done.stderr) == (0, stdout, stderr)


def test_several_specs() -> None:
    """Files, presets and standard input go together, each under its own name."""
    done = check("good.yaml", "cnn", "-", arguments=GOOD.encode())
    assert done.exit_code == 0
    assert done.stderr == "3 specs checked, no findings\n"
    done = check("bad.yaml", "cnn", "-", "--format", "short", arguments=BAD.encode())
    assert done.exit_code == 1
    places = [line.split(" ")[0] for line in done.stderr.splitlines()]
    assert places == ["-:3:5:", "-:4:14:", "bad.yaml:3:5:", "bad.yaml:4:14:"]


def test_standard_input() -> None:
    """Findings in standard input are shown for a file named `-`."""
    done = check("-", arguments=BAD.encode())
    assert done.exit_code == 1
    assert " --> -:3:5\n  |\n3 |   - Dens(8)\n" in done.stderr


def test_missing_file_hides_nothing() -> None:
    """A missing file is another finding, and the other files are checked."""
    done = check("good.yaml", "nowhere.yaml", "bad.yaml", "--format", "json")
    assert done.exit_code == 1
    rows = json.loads(done.stdout)
    results = [(row["path"], row["code"], row["line"]) for row in rows]
    assert results == [
        ("bad.yaml", "KS201", 3),
        ("bad.yaml", "KS206", 4),
        ("nowhere.yaml", "KS101", 0),
    ]
    done = check("good.yaml", "nowhere.yaml")
    assert done.exit_code == 1
    assert "error[KS101]: the spec cannot be read: no such file" in done.stderr
    assert done.stderr.endswith("\n1 finding\n")


def test_file_comes_before_a_preset(tmp_path: Path) -> None:
    """A file takes precedence over a preset of the same name."""
    (tmp_path / "cnn").write_text(BAD)
    done = check("cnn")
    assert done.exit_code == 1
    assert "cnn:3:5" in done.stderr


@pytest.mark.parametrize("order", [("cnn", "cnn.yaml"), ("cnn.yaml", "cnn")])
def test_preset_and_file_of_one_name(tmp_path: Path, order: tuple[str, str]) -> None:
    """A finding shows the line of its file, not of a preset of the same name."""
    (tmp_path / "cnn.yaml").write_text(BAD)
    done = check(*order)
    assert "3 |   - Dens(8)\n  |     ^^^^\n" in done.stderr


def test_notations(tmp_path: Path) -> None:
    """The suffix determines the notation of a file."""
    (tmp_path / "a.json").write_text('{"inputs": [4], "layers": ["Dens(1)"]}')
    (tmp_path / "a.toml").write_text('inputs = [4]\nlayers = ["Dens(1)"]\n')
    done = check("a.json", "a.toml", "--format", "short")
    assert done.exit_code == 1
    places = [line.split(" ")[0] for line in done.stderr.splitlines()]
    assert places == ["a.json:1:29:", "a.toml:2:12:"]


@pytest.mark.parametrize(
    "arguments", [(), ("--format", "xml", "good.yaml"), ("--fix", "good.yaml")]
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    """A wrong command line is a usage error, not a finding."""
    done = check(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Usage: keras-scaffold check [OPTIONS] [SPEC...]")


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """Says that it is one."""
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch, style: str) -> str:
    """Return what `check` prints where all streams are terminals."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", screen)
    with pytest.raises(SystemExit):
        cli(["check", "bad.yaml", "--format", style])
    monkeypatch.undo()
    return screen.getvalue()


@pytest.mark.parametrize(
    ("style", "no_color", "is_coloured"),
    [
        ("text", None, True),
        ("text", "1", False),
        # As no-color.org has it: empty is as good as not set.
        ("text", "", True),
        ("short", None, False),
        ("json", None, False),
        ("github", None, False),
    ],
)
def test_colours(
    monkeypatch: pytest.MonkeyPatch, style: str, no_color: str | None, is_coloured: bool
) -> None:
    """Only text on a terminal has colours, unless NO_COLOR is set."""
    if no_color is None:
        monkeypatch.delenv("NO_COLOR", raising=False)
    else:
        monkeypatch.setenv("NO_COLOR", no_color)
    printed = on_terminal(monkeypatch, style)
    assert "KS201" in printed
    assert ("\x1b[" in printed) == is_coloured


MISFIT = """\
inputs: [8, 8, 6]
layers:
  - Dense(4)
  - Dense(6)
  - RandomColorDegeneration(0.5)
"""


@pytest.mark.keras
def test_build() -> None:
    """Keras builds the valid specs; its findings have a location."""
    Path("misfit.yaml").write_text(MISFIT)
    done = check("misfit.yaml", "good.yaml")
    assert (done.exit_code, done.stderr) == (0, "2 specs checked, no findings\n")
    done = check("bad.yaml", "good.yaml", "misfit.yaml", "--build", "--format", "short")
    assert (done.exit_code, done.stdout) == (1, "")
    *before, last = done.stderr.splitlines()
    assert [line.rpartition(" ")[2] for line in before] == ["[KS201]", "[KS206]"]
    assert last.startswith(
        "misfit.yaml:5:5: error: `RandomColorDegeneration` cannot be called on"
    )
    assert last.endswith(" [KS702]")
    done = check("good.yaml", "--build")
    assert done.exit_code == 0
    assert done.stderr.splitlines()[-1] == "1 spec checked, no findings"
