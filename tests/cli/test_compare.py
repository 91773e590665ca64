"""`keras-scaffold compare`, as its users see it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold.cli.main import cli
from scaffold.output import is_untouched

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/comparing.md").read_text(encoding="utf-8")
SPEC = "params: {units: 3}\ninputs: [4]\nlayers: [Dense(units)]\n"


def run(*args: str, stdin: str = "", **environment: str) -> Result:
    """Runs `compare`."""
    return CliRunner(env=environment).invoke(cli, ["compare", *args], input=stdin)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Works in a directory with a spec."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    (tmp_path / "tiny.yaml").write_text(SPEC)
    return tmp_path


def widest(text: str) -> int:
    """Gives the columns of the widest line."""
    return max(map(len, text.splitlines()))


def test_text_is_as_wide_as_the_terminal() -> None:
    """`COLUMNS` and `--width` set the width; without a terminal it is 80."""
    done = run("tiny.yaml")
    assert (done.exit_code, done.stderr) == (0, "")
    assert widest(done.stdout) == 80 and "│" not in done.stdout
    assert widest(run("tiny.yaml", COLUMNS="100").stdout) == 100
    assert widest(run("tiny.yaml", COLUMNS="5").stdout) == 40
    wide = run("tiny.yaml", "--width", "200", COLUMNS="100").stdout
    assert widest(wide) == 200 and "│ functional" in wide
    assert run("tiny.yaml", "--width", "39").exit_code == 2


def test_a_spec_from_anywhere() -> None:
    """Standard input, a preset, and params set from outside."""
    assert "`model` in the sequential" in run("-", stdin=SPEC).stdout
    assert "units=7" in run("tiny.yaml", "-p", "units=7").stdout
    assert "only possible style" in run("tree_rnn").stdout


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.txt", "# By keras-scaffold"),
        ("a.md", "<!-- By keras-scaffold"),
        ("A.HTML", "<!-- By keras-scaffold"),
    ],
)
def test_the_suffix_sets_the_format(name: str, start: str) -> None:
    """A file is updated while it is untouched, and compared by `--check`."""
    path = Path(name)
    assert "   create  " in run("tiny.yaml", "-o", name).stderr
    text = path.read_text(encoding="utf-8")
    assert text.startswith(start) and is_untouched(text)
    assert "identical  " in run("tiny.yaml", "-o", name).stderr
    assert run("tiny.yaml", "-o", name, "--check").exit_code == 0
    assert run("tiny.yaml", "-o", name, "-p", "units=4", "--check").exit_code == 1
    assert "   update  " in run("tiny.yaml", "-o", name, "-p", "units=4").stderr
    path.write_text(path.read_text(encoding="utf-8").replace("Dense", "Thick"))
    conflict = run("tiny.yaml", "-o", name)
    assert conflict.exit_code == 1 and "KS601" in conflict.stderr
    assert run("tiny.yaml", "-o", name, "--force").exit_code == 0


def test_the_format_can_be_set() -> None:
    """It comes before the suffix, and sets what standard output gets."""
    assert "<!doctype html>" in run("tiny.yaml", "--format", "html").stdout
    assert "```python" in run("tiny.yaml", "--format", "markdown").stdout
    run("tiny.yaml", "-o", "page.txt", "--format", "html")
    assert "<!doctype html>" in Path("page.txt").read_text(encoding="utf-8")


def test_wrong_usage() -> None:
    """An unknown suffix is wrong usage, and the spec is never overwritten."""
    done = run("tiny.yaml", "-o", "a.pdf")
    assert done.exit_code == 2 and "use --format" in done.stderr
    assert run("tiny.yaml", "--check").exit_code == 2
    over = run("tiny.yaml", "-o", "tiny.yaml", "--format", "html", "--force")
    assert over.exit_code == 1 and "KS607" in over.stderr
    assert Path("tiny.yaml").read_text() == SPEC


def test_findings_come_first() -> None:
    """A spec with errors has nothing to compare; a warning is shown besides."""
    Path("wrong.yaml").write_text("inputs: [4]\nlayers: [Dens(3)]\n")
    done = run("wrong.yaml")
    assert (done.exit_code, done.stdout) == (1, "") and "KS201" in done.stderr
    assert run("missing.yaml").exit_code == 1


def test_the_page_is_true() -> None:
    """docs/comparing.md shows what the commands print."""
    (shown,) = re.findall(r"^```text\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert shown in run("linear_regression", "--width", "100").stdout
    *_, files = re.findall(r"^```console\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    command, _, printed = files.partition("\n")
    done = CliRunner().invoke(cli, command.split()[2:])
    assert done.stderr == printed
    for width, beside in ((94, 1), (95, 2), (143, 2), (144, 3)):
        lines = run("tiny.yaml", "--width", str(width)).stdout.splitlines()
        header = next(line for line in lines if line.startswith("sequential"))
        assert len(header.split("│")) == beside
