"""`keras-scaffold new`, as its users see it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold.cli.main import cli

SPEC = """
name: tiny
params: {units: 3}
inputs: [4]
layers: [Dense(units)]
"""


def new(
    directory: Path, *args: str, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `keras-scaffold new` in a directory."""
    return subprocess.run(
        [sys.executable, "-m", "scaffold", "new", *args],
        cwd=directory,
        input=text,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A directory with a spec in it."""
    (tmp_path / "tiny.yaml").write_text(SPEC)
    return tmp_path


def test_needs_nothing(tmp_path: Path) -> None:
    """Without a spec, the preset is used, with a note and the next command."""
    done = new(tmp_path, "--style", "subclass")
    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr == (
        "no spec given: using the preset linear_regression (`keras-scaffold presets`)\n"
        "   create  linear_regression.py (subclass)\n"
        "     next  python linear_regression.py\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["linear_regression.py"]


def test_auto_is_the_simplest_style(spec: Path) -> None:
    """A chain is written as a list of layers."""
    assert "keras.Sequential(" in new(spec, "tiny.yaml", "-o", "-").stdout


def test_standard_input_to_standard_output(tmp_path: Path) -> None:
    """`-` is standard input and output; nothing but code is on standard output."""
    done = new(tmp_path, "-", "-o", "-", "--style", "functional", text=SPEC)
    assert done.returncode == 0
    compile(done.stdout, "model.py", "exec")
    assert done.stderr == ""
    assert not list(tmp_path.iterdir())


def test_twice_changes_nothing(spec: Path) -> None:
    """The second time the file is identical, and keeps its time."""
    new(spec, "tiny.yaml")
    os.utime(spec / "tiny.py", ns=(1, 1))
    done = new(spec, "tiny.yaml")
    assert "identical  tiny.py" in done.stderr
    assert (spec / "tiny.py").stat().st_mtime_ns == 1


def test_changed_spec_is_an_update(spec: Path) -> None:
    """An unedited file follows its spec."""
    new(spec, "tiny.yaml")
    (spec / "tiny.yaml").write_text(SPEC.replace("units: 3", "units: 5"))
    assert new(spec, "tiny.yaml", "--check").returncode == 1
    done = new(spec, "tiny.yaml")
    assert done.returncode == 0
    assert "update  tiny.py" in done.stderr
    assert "units=5" in (spec / "tiny.py").read_text()
    assert new(spec, "tiny.yaml", "--check").returncode == 0


def test_edited_file_is_a_conflict(spec: Path) -> None:
    """An edit is shown by --diff, and replaced only with --force."""
    new(spec, "tiny.yaml")
    path = spec / "tiny.py"
    edited = path.read_text().replace("units=3", "units=4")
    path.write_text(edited)
    done = new(spec, "tiny.yaml")
    assert done.returncode == 1
    assert "conflict  tiny.py" in done.stderr
    assert "KS601" in done.stderr and "--force" in done.stderr
    assert path.read_text() == edited
    shown = new(spec, "tiny.yaml", "--diff")
    assert shown.returncode == 1
    assert "-def build_model(units=4)" in shown.stdout
    assert "+def build_model(units=3)" in shown.stdout
    assert path.read_text() == edited
    forced = new(spec, "tiny.yaml", "--force")
    assert forced.returncode == 0
    assert "force  tiny.py" in forced.stderr
    assert "units=3" in path.read_text()


def test_pretend_writes_nothing(spec: Path) -> None:
    """`--pretend` says what would be done."""
    done = new(spec, "tiny.yaml", "--pretend")
    assert done.returncode == 0
    assert "create  tiny.py" in done.stderr
    assert not (spec / "tiny.py").exists()


def test_params_are_set_from_outside(spec: Path) -> None:
    """`-p` gives a param another default, with the type that YAML gives it."""
    text = new(spec, "tiny.yaml", "-p", "units=32", "-o", "-").stdout
    assert "def build_model(units=32)" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("unit=32", "the spec has no param `unit`"),
        ("units=0", "`units` must be at least 1, not 0"),
        ("units=many", "`units` must be an integer, not the string 'many'"),
        ("units=[", "KS103"),
        ("units=", "units"),
    ],
)
def test_wrong_params_are_findings(spec: Path, text: str, message: str) -> None:
    """An unknown param, or a default of the wrong kind, is reported."""
    done = new(spec, "tiny.yaml", "-p", text)
    assert done.returncode == 1
    assert message in done.stderr
    assert f"--> -p {text}\n" in done.stderr
    assert "the default of" not in done.stderr
    assert not (spec / "tiny.py").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--style", "subclas"),
        ("-p", "units"),
        ("tiny.yaml", "cnn", "-o", "one.py"),
        ("tiny.yaml", "cnn", "-o", "-"),
        ("-o", ""),
        ("tiny.yaml", "--format", "xml"),
    ],
)
def test_wrong_usage_exits_with_2(spec: Path, arguments: tuple[str, ...]) -> None:
    """A wrong command line is a usage error, not a finding."""
    assert new(spec, *arguments).returncode == 2


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("nothing.yaml", "KS101"),
        ("linear_regresion", "did you mean the preset `linear_regression`?"),
        (".", "KS101"),
        ("a\x7fb", "KS101"),
    ],
)
def test_missing_spec_is_a_finding(spec: Path, named: str, message: str) -> None:
    """A spec that cannot be read is reported with a suggestion."""
    done = new(spec, named)
    assert done.returncode == 1
    assert message in done.stderr


def test_what_is_said_to_run_next_runs(here: Path) -> None:
    """A path that starts with `-` is not an option."""
    (here / "tiny.yaml").write_text(SPEC)
    _, next_ = run("tiny.yaml", "-o", "-x/").stderr.splitlines()
    assert next_.startswith("     next  cd ./-x && python -c ")
    _, next_ = run("tiny.yaml", "-o", "-x.py").stderr.splitlines()
    assert next_ == "     next  python -i ./-x.py"


def test_no_name_steers_a_terminal(here: Path) -> None:
    """Names are printed completely, on one line."""
    (here / "tiny.yaml").write_text(SPEC)
    # Where names are ASCII, there is none with the other character.
    more = "\u202e" if sys.getfilesystemencoding() == "utf-8" else ""
    name = f"a\n\x1b[2J{more}.py"
    shown = r"a\n\x1b[2J" + ascii(more)[1:-1] + ".py"
    errors = run("tiny.yaml", "-o", name, "--check").stderr
    assert errors == f"{shown} does not exist\n"
    create, next_ = run("tiny.yaml", "-o", name).stderr.splitlines()
    assert create == f"   create  {shown} (sequential)"
    assert next_ == f"     next  python -i '{shown}'"


@pytest.mark.parametrize(
    ("named", "help_"),
    [
        ("tinny.yaml", "did you mean `tiny.yaml`?"),
        ("tiny.yml", "did you mean `tiny.yaml`?"),
        ("./tiny", "did you mean `./tiny.yaml`?"),
        (
            "other/tiny.yaml",
            "check the path: `other` cannot be opened as a directory",
        ),
        ("cnn.yaml", "check the path: `.` has no spec with a similar name"),
        ("./cnn", "check the path: `.` has no spec with a similar name"),
        ("nothing", "`keras-scaffold presets` lists the presets"),
    ],
)
def test_help_for_a_missing_spec(here: Path, named: str, help_: str) -> None:
    """The help suggests a similar file for a path, a preset for a bare name."""
    (here / "tiny.yaml").write_text(SPEC)
    (data,) = json.loads(run(named, "--format", "json").stdout)
    assert (data["code"], data["help"]) == ("KS101", help_)


@pytest.mark.parametrize("command", ["new", "check", "diagram", "styles"])
def test_code_is_no_spec(here: Path, command: str) -> None:
    """For generated code, the finding names its spec, without YAML errors."""
    (here / "tiny.yaml").write_text(SPEC)
    run("tiny.yaml")
    invoke = CliRunner(catch_exceptions=False).invoke
    done = invoke(cli, [command, "tiny.py"])
    assert done.exit_code == 1 and done.stderr.startswith(
        "error[KS101]: this is not a spec, but the code generated from `tiny.yaml`"
    )
    assert "`keras-scaffold verify tiny.py`" in done.stderr


def test_findings_write_nothing(tmp_path: Path) -> None:
    """With an error, no file is written, and the location is shown."""
    done = new(tmp_path, "-", text="inputs: [4]\nlayers: [Densee(1)]\n")
    assert done.returncode == 1
    assert "-:2:10" in done.stderr
    assert "did you mean `Dense`" in done.stderr
    assert not list(tmp_path.iterdir())


def test_broken_pipe_is_no_fault(tmp_path: Path) -> None:
    """A closed output does not cause a traceback."""
    done = subprocess.run(
        f"{sys.executable} -m scaffold layers | head -1",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("# core: ") and done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("where", "args"),
    [
        ("scaffold.cli.generating.find_sources", "new tiny.yaml"),
        ("scaffold.cli.documents.find_source", "diagram tiny.yaml"),
        ("scaffold.cli.watching._CtrlCGuard", "new tiny.yaml --watch"),
        ("click.termui.visible_prompt_func", "init here"),
        ("scaffold.cli.main.cli", "new"),
    ],
)
def test_an_interrupt_is_no_finding(spec: Path, where: str, args: str) -> None:
    """A Ctrl-C at any time ends a command with 130."""
    place, _, name = where.rpartition(".")
    code = f"""
import signal, sys
from pkgutil import resolve_name
import click.termui, scaffold.cli.generating, scaffold.cli.commands.diagram
import scaffold.cli.main, scaffold.cli.watching
signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs us may ignore it
scaffold.cli.main.prepare_streams = lambda: None  # it would make others of them
sys.stdin.isatty = sys.stderr.isatty = lambda: True
place = resolve_name({place!r})
setattr(place, {name!r}, lambda *said, **more: signal.raise_signal(signal.SIGINT))
scaffold.cli.main.run()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, *args.split()],
        cwd=spec,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 130, done.stderr
    assert done.stderr.endswith("interrupted\n")
    assert "Traceback" not in done.stderr and "Aborted" not in done.stderr


@pytest.mark.keras
def test_shapes(spec: Path) -> None:
    """Keras infers the shapes; otherwise the file is the same as without them."""
    plain = new(spec, "tiny.yaml", "--style", "functional", "-o", "-").stdout
    call = "layers.Dense(units)(inputs)"
    assert f"{call}\n" in plain
    done = new(spec, "tiny.yaml", "--style", "functional", "--shapes", "-p", "units=7")
    assert done.returncode == 0, done.stderr
    text = (spec / "tiny.py").read_text()
    assert f"{call}  # (None, 7)\n" in text


@pytest.mark.keras
def test_no_shapes_of_what_cannot_be_built(spec: Path) -> None:
    """It is a finding, and nothing is written."""
    text = "inputs: [8, 8, 2]\nlayers:\n  - RandomColorDegeneration(0.5)\n"
    (spec / "tiny.yaml").write_text(text)
    done = new(spec, "tiny.yaml", "--shapes")
    assert done.returncode == 1
    assert "error[KS702]: `RandomColorDegeneration` cannot be called" in done.stderr
    assert " --> tiny.yaml:3:5\n" in done.stderr
    assert not (spec / "tiny.py").exists()


TWO = {"one.yaml": "name: one\n", "two.yaml": "name: two\n"}
GRAPH = """
name: tiny
inputs: [4]
layers: [a = Dense(3), b = Dense(3) <- a, "Add() <- a, b"]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with two specs in it, in which commands run."""
    monkeypatch.chdir(tmp_path)
    for name, head in TWO.items():
        (tmp_path / name).write_text(head + "inputs: [4]\nlayers: [Dense(3)]\n")
    return tmp_path


def run(*args: str) -> Result:
    """Run `keras-scaffold new` here."""
    return CliRunner(catch_exceptions=False).invoke(cli, ["new", *args])


def created_files(directory: Path) -> list[str]:
    """Return the names of the files of Python there."""
    return sorted(path.name for path in directory.glob("*.py"))


@pytest.mark.parametrize("output", [(), ("-o", "."), ("-o", "new/")])
def test_several_specs(here: Path, output: tuple[str, ...]) -> None:
    """Each has its file, in the directory that is named."""
    done = run("one.yaml", "two.yaml", "mlp", *output)
    assert done.exit_code == 0
    directory = here / "new" if "new/" in output else here
    assert created_files(directory) == ["mlp.py", "one.py", "two.py"]
    assert "next" not in done.stderr
    again = run("one.yaml", "one.yaml", "two.yaml", "mlp", *output)
    assert [line.split()[0] for line in again.stderr.splitlines()] == ["identical"] * 3


def test_a_directory_for_one_spec(here: Path) -> None:
    """A path that ends in `/`, or a directory, gets `<name>.py`."""
    assert "create  deep/er/one.py" in run("one.yaml", "-o", "deep/er/").stderr
    assert "identical  deep/er/one.py" in run("one.yaml", "-o", "deep/er").stderr
    assert "create  deep/er.py" in run("one.yaml", "-o", "deep/er.py").stderr


def test_all_or_nothing(here: Path) -> None:
    """An error in one spec prevents all writing; findings of all are shown."""
    (here / "bad.yaml").write_text("inputs: [4]\nlayers: [Dens(1)]\n")
    done = run("one.yaml", "bad.yaml", "none.yaml", "--format", "short")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "bad.yaml:2:10: error: no layer is called `Dens` [KS201]",
        "none.yaml: error: the spec cannot be read: no such file or directory [KS101]",
    ]
    (here / "two.py").write_text("mine\n")
    done = run("one.yaml", "two.yaml", "--format", "short")
    assert done.exit_code == 1
    assert (
        "two.py: error: the existing file was not generated by keras-scaffold"
        in done.stderr
    )
    assert created_files(here) == ["two.py"]


@pytest.mark.parametrize("args", [(), ("--check",), ("--pretend",)])
def test_findings_for_programs(here: Path, args: tuple[str, ...]) -> None:
    """JSON is one list on standard output: warnings, errors, conflicts."""

    def codes(*specs: str) -> list[str]:
        done = run(*specs, *args, "--format", "json")
        assert done.exit_code == (len(specs) > 1 or args == ("--check",))
        return [finding["code"] for finding in json.loads(done.stdout)]

    (here / "odd.yaml").write_text(
        "inputs: [4]\nlayers: [Dense(3) if 2 > 1 else Dense(4)]\n"
    )
    (here / "bad.yaml").write_text("inputs: [4]\nlayers: [Dens(1)]\n")
    (here / "two.py").write_text("mine\n")
    assert codes("one.yaml") == []
    assert codes("odd.yaml") == ["KS217"]
    assert codes("odd.yaml", "bad.yaml", "none.yaml") == ["KS201", "KS101", "KS217"]
    assert codes("odd.yaml", "two.yaml") == ["KS217", "KS601"]


def test_findings_for_github(here: Path) -> None:
    """They are workflow commands on standard output."""
    (here / "bad.yaml").write_text("inputs: [4]\nlayers: [Dens(1)]\n")
    done = run("bad.yaml", "--format", "github")
    assert done.exit_code == 1 and done.stderr == ""
    assert done.stdout.startswith("::error file=bad.yaml,title=KS201,line=2,")
    assert run("one.yaml", "--format", "github").stdout == ""


@pytest.mark.parametrize("form", ["json", "github"])
@pytest.mark.parametrize("other", ["-o -", "--diff", "--watch"])
def test_one_thing_on_standard_output(here: Path, form: str, other: str) -> None:
    """In formats for programs, only findings are on standard output."""
    done = run("one.yaml", "--format", form, *other.split())
    assert done.exit_code == 2 and done.stdout == ""
    assert f"cannot be used with {other}" in done.stderr
    assert created_files(here) == []


def test_two_specs_for_one_file(here: Path) -> None:
    """It is a finding about the second one, and nothing is written."""
    (here / "two.yaml").write_text((here / "one.yaml").read_text())
    done = run("one.yaml", "two.yaml", "./one.yaml", "--format", "short")
    assert done.exit_code == 1
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [
        "./one.yaml",
        "two.yaml",
    ]
    assert (
        done.stderr.count("its output file, `one.py`, is also that of `one.yaml`") == 2
    )
    assert created_files(here) == []


@pytest.mark.parametrize(
    ("output", "directory"), [("-", "models/"), ("both.py", "both/"), ("both", "both/")]
)
def test_two_specs_need_a_directory(here: Path, output: str, directory: str) -> None:
    """The help suggests a directory."""
    (here / "two.yaml").write_text((here / "one.yaml").read_text())
    done = run("one.yaml", "two.yaml", "-o", output)
    assert done.exit_code == 2
    assert f"use a directory, `-o {directory}`" in " ".join(done.stderr.split())
    assert created_files(here) == []


def test_no_spec_is_written_over_by_another(here: Path) -> None:
    """An output file must not be one of the specs."""
    (here / "two.py").write_text((here / "one.yaml").read_text())
    done = run("two.yaml", "two.py", "--force", "--format", "short")
    assert done.exit_code == 1
    assert "two.py: error: this is the spec itself" in done.stderr


def test_specs_of_the_project(here: Path) -> None:
    """Without SPEC, the specs of the project are used."""
    (here / "pyproject.toml").write_text("[tool.keras-scaffold]\nspecs = ['*.yaml']\n")
    assert run().exit_code == 0
    assert created_files(here) == ["one.py", "two.py"]
    assert run("--check").exit_code == 0
    assert run("-o", "model.py").exit_code == 2


@pytest.mark.parametrize("style", ["sequential", "functional", "subclass"])
def test_a_file_keeps_its_style(here: Path, style: str) -> None:
    """It changes only if another style is set, or can no longer express the model."""
    run("one.yaml", "--style", style)
    assert f"identical  one.py ({style})" in run("one.yaml").stderr
    assert run("one.yaml", "--check").exit_code == 0
    changed = (here / "one.yaml").read_text().replace("3", "5")
    (here / "one.yaml").write_text(changed)
    assert f"update  one.py ({style})" in run("one.yaml").stderr
    (here / "one.yaml").write_text(GRAPH.replace("tiny", "one"))
    style_now = "functional" if style == "sequential" else style
    change = "sequential -> functional" if style == "sequential" else style
    assert f"update  one.py ({change})" in run("one.yaml").stderr
    (here / "one.yaml").write_text(changed)
    assert f"update  one.py ({style_now})" in run("one.yaml").stderr
    auto = run("one.yaml", "--style", "auto", "--pretend").stderr
    assert f"update  one.py ({style_now} -> sequential)" in auto


def test_an_edited_file_keeps_its_style(here: Path) -> None:
    """So that `--diff` shows the edit, and nothing else."""
    run("one.yaml", "--style", "subclass")
    with (here / "one.py").open("a") as file:
        file.write("# Mine.\n")
    done = run("one.yaml", "--diff")
    assert "conflict  one.py (subclass)" in done.stderr
    assert "-# Mine." in done.stdout and done.stdout.count("\n-") == 1


@pytest.mark.parametrize(
    "text", ["mine\n", "", "\xff", '"""A."""\n# By keras-scaffold\n']
)
def test_the_style_of_another_file_is_none(here: Path, text: str) -> None:
    """A file that was not generated has no style to keep."""
    (here / "one.py").write_text(text, encoding="latin-1")
    assert "force  one.py (sequential)" in run("one.yaml", "--force").stderr


def test_exit_non_zero_on_change(here: Path) -> None:
    """A hook can detect that a file was written."""
    flag = "--exit-non-zero-on-change"
    for code, options in ((0, ["--pretend"]), (1, []), (0, []), (0, ["-o", "-"])):
        names = ["one.yaml"] if "-" in options else ["one.yaml", "two.yaml"]
        assert run(*names, flag, *options).exit_code == code
    (here / "one.yaml").write_text("name: one\ninputs: [4]\nlayers: [Dense(9)]\n")
    assert run("one.yaml", "two.yaml", flag).exit_code == 1
    assert run("one.yaml", "two.yaml", flag).exit_code == 0


@pytest.mark.keras
def test_shapes_of_several(here: Path) -> None:
    """Each file has its own."""
    (here / "two.yaml").write_text("name: two\ninputs: [4]\nlayers: [Dense(5)]\n")
    assert run("one.yaml", "two.yaml", "--shapes").exit_code == 0
    texts = [(here / name).read_text() for name in ("one.py", "two.py")]
    assert ["(None, 3)" in text for text in texts] == [True, False]
    assert ["(None, 5)" in text for text in texts] == [False, True]
