"""`keras-scaffold new --style all`: a file for each style that can express a spec."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold.cli.commands import new
from scaffold.cli.generating import Destination, GenerationRequest, generate_batch
from scaffold.cli.main import cli
from scaffold.cli.watching import _write
from scaffold.pipeline import Source, generate, generate_styles
from scaffold.styles import STYLES
from tests.goldens import golden, possible, specs

pytestmark = pytest.mark.slow

CHAIN = "name: tiny\ninputs: [4]\nlayers: [Dense(3)]\n"
GRAPH = """\
name: tiny
inputs: [4]
layers:
  - left = Dense(3)
  - right = Dense(3) <- inputs
  - Add() <- left, right
"""


def run(*args: str, stdin: str = "") -> Result:
    """Runs `new`."""
    return CliRunner().invoke(cli, ["new", *args], input=stdin)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Works in a directory with a spec."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.yaml").write_text(CHAIN)
    return tmp_path


@pytest.mark.parametrize(
    "spec", specs(), ids=lambda path: f"{path.parent.stem}-{path.stem}"
)
def test_exactly_the_styles_that_can(spec: Path) -> None:
    """Each style that can express a spec writes what it writes by itself."""
    (styles,) = generate_styles([Source(spec.read_bytes(), spec.name)])
    able = {generated.style: generated.text for generated in styles.generated}
    assert able == {
        style: golden(spec, style).read_text(encoding="utf-8")
        for style in possible(spec)
    }
    unfit = {fit.style for fit in styles.unfit}
    assert unfit == {*STYLES} - {*able}
    assert all(fit.obstacles for fit in styles.unfit)


def test_three_files(here: Path) -> None:
    """A chain has a file in each style, the same as `--style` writes."""
    done = run("tiny.yaml", "--style", "all")
    assert done.exit_code == 0
    assert done.stderr == (
        "   create  tiny_sequential.py (sequential)\n"
        "   create  tiny_functional.py (functional)\n"
        "   create  tiny_subclass.py (subclass)\n"
        "     next  keras-scaffold compare tiny.yaml\n"
    )
    for style in STYLES:
        generated, _ = generate(Source(CHAIN.encode(), "tiny.yaml"), style)
        assert generated is not None
        assert (here / f"tiny_{style}.py").read_text() == generated.text
    again = run("tiny.yaml", "--style", "all")
    assert again.exit_code == 0 and again.stderr.count("identical") == 3
    assert run("tiny.yaml", "--style", "all", "--check").exit_code == 0


def test_a_style_that_cannot_is_a_note(here: Path) -> None:
    """Its reason and location are printed, and the exit code stays 0."""
    (here / "tiny.yaml").write_text(GRAPH)
    done = run("tiny.yaml", "--style", "all", "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == []
    assert sorted(path.name for path in here.glob("*.py")) == [
        "tiny_functional.py",
        "tiny_subclass.py",
    ]
    (note,) = [line for line in done.stderr.splitlines() if "skip" in line]
    assert note == (
        "     skip  tiny_sequential.py: tiny.yaml:5:5: a sequential model cannot have "
        "`Dense` called on something other than the previous entry [KS502], and 1 "
        "more: `keras-scaffold styles tiny.yaml`"
    )


def test_methods_leave_the_class(here: Path) -> None:
    """`--with` needs a class: the other styles are skipped."""
    done = run("tiny.yaml", "--style", "all", "--with", "train_step")
    assert done.exit_code == 0
    assert [path.name for path in here.glob("*.py")] == ["tiny_subclass.py"]
    assert done.stderr.count("     skip  ") == 2 and done.stderr.count("KS505") == 2


def test_where_files_go(here: Path) -> None:
    """A directory holds all files; one file or standard output cannot."""
    assert run("tiny.yaml", "--style", "all", "-o", "models/").exit_code == 0
    assert len([*(here / "models").glob("tiny_*.py")]) == 3
    for output in ("-", "model.py"):
        done = run("tiny.yaml", "--style", "all", "-o", output)
        assert done.exit_code == 2
        assert f"-o {output} is one file" in done.stderr
        assert "`--style auto`" in done.stderr


def test_nothing_is_written_on_trial(here: Path) -> None:
    """`--pretend`, `--diff` and `--check` write nothing; `--check` says what is not."""
    for option in ("--pretend", "--diff"):
        done = run("tiny.yaml", "--style", "all", option)
        assert done.exit_code == 0 and done.stderr.count("create") == 3
    assert done.stdout.count("+++ ") == 3
    checked = run("tiny.yaml", "--style", "all", "--check")
    assert checked.exit_code == 1
    assert checked.stderr.count("does not exist") == 3
    assert not [*here.glob("*.py")]


def test_all_or_none(here: Path) -> None:
    """One edited file holds up all others, until `--force` replaces it."""
    run("tiny.yaml", "--style", "all")
    edited = here / "tiny_functional.py"
    edited.write_text(edited.read_text() + "# edited\n")
    (here / "tiny.yaml").write_text(CHAIN.replace("Dense(3)", "Dense(5)"))
    done = run("tiny.yaml", "--style", "all")
    assert done.exit_code == 1 and "KS601" in done.stderr
    assert "Dense(3)" in (here / "tiny_sequential.py").read_text()
    forced = run("tiny.yaml", "--style", "all", "--force")
    assert forced.exit_code == 0
    for style in STYLES:
        assert "Dense(5)" in (here / f"tiny_{style}.py").read_text()


def test_a_file_of_a_style_that_cannot_any_more(here: Path) -> None:
    """It stays, and a note says so; for `--check` it is not up to date."""
    run("tiny.yaml", "--style", "all")
    (here / "tiny.yaml").write_text(GRAPH)
    done = run("tiny.yaml", "--style", "all")
    assert done.exit_code == 0
    assert "skip  tiny_sequential.py, an older version stays: " in done.stderr
    checked = run("tiny.yaml", "--style", "all", "--check")
    assert checked.exit_code == 1
    assert checked.stderr.startswith("tiny_sequential.py is not up to date, remove it")
    (here / "tiny_sequential.py").unlink()
    assert run("tiny.yaml", "--style", "all", "--check").exit_code == 0


def test_several_specs(here: Path) -> None:
    """Each spec has its files; two of one name are one finding."""
    (here / "other.yaml").write_text(GRAPH.replace("tiny", "other"))
    done = run("tiny.yaml", "other.yaml", "--style", "all")
    assert done.exit_code == 0 and done.stderr.count("create") == 5
    (here / "twin.yaml").write_text(CHAIN)
    result = run("tiny.yaml", "twin.yaml", "--style", "all")
    assert result.exit_code == 1 and result.stderr.count("KS610") == 1


def test_no_style_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no style can express a spec, the obstacles are errors."""
    from scaffold.diagnostics import Diagnostic, Span
    from scaffold.styles import Advice, Fit

    obstacle = Diagnostic("KS502", "no style can", Span("tiny.yaml", 3, 1, 3, 2), "")
    fits = tuple(Fit(style, (obstacle,)) for style in STYLES)
    monkeypatch.setattr(
        "scaffold.styles.advise", lambda model: Advice(fits, "subclass", "")
    )
    done = run("tiny.yaml", "--style", "all")
    assert done.exit_code == 1 and "error[KS502]" in done.stderr
    assert not [*Path().glob("*.py")]


def test_errors_come_first(here: Path) -> None:
    """A spec with errors has no files and no notes."""
    (here / "tiny.yaml").write_text("inputs: [4]\nlayers: [Dens(3)]\n")
    done = run("tiny.yaml", "--style", "all")
    assert done.exit_code == 1
    assert "KS201" in done.stderr and "skip" not in done.stderr


def test_settings_and_environment(here: Path) -> None:
    """`all` can be the style of a project; the command line comes first."""
    (here / "pyproject.toml").write_text('[tool.keras-scaffold]\nstyle = "all"\n')
    assert run("tiny.yaml", "--pretend").stderr.count("create") == 3
    assert run("tiny.yaml", "--style", "auto", "--pretend").stderr.count("create") == 1
    (here / "pyproject.toml").unlink()
    variables = {"KERAS_SCAFFOLD_STYLE": "all"}
    done = CliRunner(env=variables).invoke(cli, ["new", "tiny.yaml", "--pretend"])
    assert done.stderr.count("create") == 3
    project = CliRunner(env=variables).invoke(
        cli, ["init", "project", "--preset", "linear_regression", "--pretend"]
    )
    assert project.exit_code == 0, project.stderr


def test_watching_writes_all(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A round writes the file of each style, and repeats the notes."""
    (here / "tiny.yaml").write_text(GRAPH)
    request = GenerationRequest(Destination(), "all")
    taken: dict[str, str] = {}
    batch = _write("tiny.yaml", request, ["tiny.yaml"], taken, force=False)
    assert batch.diagnostics == () and len(taken) == 2
    assert len([*here.glob("tiny_*.py")]) == 2
    assert "     skip  tiny_sequential.py: " in capsys.readouterr().err
    assert generate_batch(["tiny.yaml"], request).results == batch.results


def test_help_names_it() -> None:
    """`--help` says what `all` writes."""
    assert "<name>_<style>.py" in " ".join(run("--help").stdout.split())
    assert "all" in new.new.params[1].type.choices  # type: ignore[attr-defined]
