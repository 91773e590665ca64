"""Standard streams that are full or closed: one message, and the right exit code."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.slow

SOUND = "inputs: [4]\nlayers: [Dense(1)]\ndescription: 'caf\u00e9 \u65e5\u672c'\n"
FAULTY = "inputs: [4]\nlayers: [Dens(1)]\n"
TOOL = f"{shlex.quote(sys.executable)} -m scaffold"
REFUSED = re.compile(r"keras-scaffold: (cannot write to |)standard output[ :][^\n]+\n")

PRODUCTS = (
    "--help",
    "--version",
    "new --help",
    "check faulty.yaml --format json",
    "check faulty.yaml --format github",
    "new sound.yaml -o -",
    "new sound.yaml --diff",
    "new layer Own -o -",
    "layers",
    "layers Dense",
    "presets",
    "presets cnn",
    "schema findings",
    "explain",
    "explain KS201",
    "diagram sound.yaml",
    "completion",
    "completion bash",
    "styles sound.yaml",
    "init project --defaults --diff",
)
"""Commands with something to print on standard output."""


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A directory with a sound spec and a faulty one."""
    (tmp_path / "sound.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    return tmp_path


def shell(script: str, here: Path, **more: str) -> Ended:
    """Run a script of a shell; `TOOL` in it is the command."""
    done = subprocess.run(
        ["bash", "-c", script.replace("TOOL", TOOL)],
        cwd=here,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="backslashreplace",
        timeout=120,
    )
    assert "Traceback" not in done.stderr and "xception ignored" not in done.stderr
    assert "internal error" not in done.stderr
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("command", PRODUCTS)
def test_a_product_that_cannot_be_written(command: str, here: Path) -> None:
    """The command fails with one message, and writes nothing elsewhere."""
    done = shell(f"TOOL {command} > /dev/full", here)
    assert done.code == 1 and REFUSED.fullmatch(done.err), done
    assert "the disk is full" in done.err
    assert len(list(here.iterdir())) == 2


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_an_output_that_is_full(encoding: str, here: Path) -> None:
    """The message is the same, and a closed pipe is not an error."""
    variables = {"PYTHONIOENCODING": encoding}
    done = shell("TOOL layers > /dev/full", here, **variables)
    assert done.code == 1 and REFUSED.fullmatch(done.err), done
    script = "(sleep 0.5; TOOL layers; echo $? >&3) | true"
    assert shell(f"{{ {script}; }} 3>&1", here, **variables).out == "0\n"


@pytest.mark.parametrize("command", ["layers Dense", "new sound.yaml -o -", "--help"])
def test_a_closed_output(command: str, here: Path) -> None:
    """It is an error where there is something to print."""
    done = shell(f"TOOL {command} >&-", here)
    assert (done.code, done.err) == (
        1,
        "keras-scaffold: standard output is closed\n",
    )


def test_a_closed_stream_that_nobody_needs(here: Path) -> None:
    """A command that does not use the streams still works."""
    for streams in (">&-", "<&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
        done = shell(f"TOOL new sound.yaml {streams}", here)
        assert done.code == 0
        text = (here / "sound.py").read_text(encoding="utf-8")
        assert text.startswith('"""Caf\u00e9') and text.endswith("\n")
        (here / "sound.py").unlink()


@pytest.mark.parametrize("streams", ["2> /dev/full", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(
    ("command", "code"),
    [("check faulty.yaml", 1), ("check sound.yaml", 0), ("new --bogus", 2)],
)
def test_notes_that_cannot_be_written(
    command: str, code: int, streams: str, here: Path
) -> None:
    """They are lost, and the exit code is still right."""
    assert shell(f"TOOL {command} {streams}", here) == (code, "", "")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("layers", 0),
        ("schema", 0),
        ("check faulty.yaml --format json", 1),
        ("check faulty.yaml 2>&1", 1),
        ("new sound.yaml --watch 2>&1", 0),
    ],
)
def test_a_reader_who_has_left(command: str, code: int, here: Path) -> None:
    """It is not an error, and the exit code is still right."""
    script = f"(sleep 0.5; TOOL {command}; echo $? >&3) | true"
    done = shell(f"{{ {script}; }} 3>&1", here)
    assert done.out == f"{code}\n", done


def test_no_input(here: Path) -> None:
    """A spec from an input that is closed, or written only, is a finding."""
    for streams in ("<&-", "0> elsewhere"):
        done = shell(f"TOOL check - {streams}", here)
        assert done.code == 1
        assert "[KS101]: the spec cannot be read: standard input is closed" in done.err
        assert " = help: " in done.err


def test_the_help_names_the_command_that_ran(here: Path) -> None:
    """The help names the command that was run."""
    for command in ("new -", "styles -", "diagram -", "init project --spec -"):
        done = shell(f"TOOL {command} <&-", here)
        command = command.replace("project", "DIRECTORY")
        assert f"`... | keras-scaffold {command}`" in done.err, done


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1:strict"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"},
        {"HOME": "/nowhere", "TMPDIR": "/nowhere", "TERM": ""},
        {"COLUMNS": "0", "LINES": "0"},
        {"COLUMNS": "1", "NO_COLOR": "1"},
    ],
)
def test_surroundings(variables: dict[str, str], here: Path) -> None:
    """Whatever the environment says, source is UTF-8, and nothing fails."""
    (here / "faulty.yaml").write_text(
        "inputs: [4]\nlayers:\n  - Dens\u00e9(1)\n", encoding="utf-8"
    )
    done = shell("TOOL new sound.yaml -o - && TOOL --help > help", here, **variables)
    assert done.code == 0 and "Caf\u00e9 \u65e5\u672c" in done.out
    assert "Usage" in (here / "help").read_text()
    diagnostics = shell(
        "TOOL check faulty.yaml; TOOL new sound.yaml --diff", here, **variables
    )
    assert diagnostics.code == 0 and re.search(r"Dens(\u00e9|\\xe9)", diagnostics.err)
    assert '+"""Caf\u00e9 \u65e5\u672c' in diagnostics.out


@pytest.mark.parametrize("limit", ["-n 6", "-f 0", "-v 200000"])
def test_few_resources(limit: str, here: Path) -> None:
    """With few resources, the command works or explains why not."""
    done = shell(f"ulimit {limit}; TOOL new sound.yaml -o out.py", here)
    assert done.code in (0, 1)
    if done.code:
        assert done.err.count("\n") >= 1
        assert not (here / "out.py").exists()


def test_a_directory_that_is_gone(here: Path) -> None:
    """Only commands that need the working directory fail without it."""
    begin = "mkdir gone; cd gone; rmdir ../gone; TOOL"
    assert shell(f"{begin} layers Dense", here).code == 0
    assert (
        shell(f"{begin} check {shlex.quote(str(here / 'sound.yaml'))}", here).code == 0
    )
    for command in ("verify cnn", "init project --defaults", "new layer Own --tests"):
        done = shell(f"{begin} {command}", here)
        assert (done.code, done.err) == (
            1,
            "keras-scaffold: the working directory no longer exists\n",
        )
    done = shell(f"{begin} new cnn", here)
    assert done.code == 1 and "error[KS604]" in done.err
