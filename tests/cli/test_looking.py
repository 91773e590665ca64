"""Files are checked before they are read: pipes, devices, links, sizes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold import bounded_read
from scaffold.bounded_read import LARGEST_FILE, NotReadable, read_start
from scaffold.cli.main import cli
from scaffold.spec.limits import MAX_BYTES

SOUND = "inputs: [4]\nlayers: [Dense(1)]\n"
HUGE = 5 << 30
SEVERAL = {
    "pipe": "it is a named pipe that no program writes to",
    "link to a pipe": "it is a named pipe that no program writes to",
    "socket": "it is a socket",
    "/dev/zero": "it is a device",
    "/dev/null": "it is a device",
    "link to a device": "it is a device",
    "directory": "is a directory",
    "loop": "too many levels of symbolic links",
    "nowhere": "no such file or directory",
    "sound.yaml/spec": "not a directory",
    "a" * 300: "file name too long",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with a spec and every other kind of file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sound.yaml").write_text(SOUND)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link to a pipe").symlink_to("pipe")
    (tmp_path / "link to a device").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as item:
        item.bind("socket")
    (tmp_path / "directory").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "nowhere").symlink_to("nothing")
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(HUGE)
    monkeypatch.setattr(bounded_read, "_WRITER_SECONDS", 0.1)
    return tmp_path


def run(*args: str) -> Result:
    """Run a command."""
    return CliRunner(catch_exceptions=False).invoke(cli, args)


@pytest.mark.parametrize(("name", "why"), SEVERAL.items())
@pytest.mark.parametrize("command", ["check", "new", "styles", "diagram"])
def test_a_spec_that_is_no_file(command: str, name: str, why: str) -> None:
    """The finding names the kind of file and has help."""
    done = run(command, name)
    assert done.exit_code == 1
    assert f"error[KS101]: the spec cannot be read: {why}\n" in done.stderr
    assert "= help: " in done.stderr


@pytest.mark.parametrize("name", ["huge", "huge.json", "huge.py"])
def test_a_spec_of_any_size(here: Path, name: str) -> None:
    """It is read up to the limit, and no further."""
    if name != "huge":
        (here / name).symlink_to("huge")
    done = run("verify" if name.endswith(".py") else "check", name)
    assert done.exit_code == 1 and "KS105" in done.output
    assert len(read_start(here / "huge", 100)) == 101


@pytest.mark.parametrize("kind", ["pipe", "socket", "directory", "/dev/zero", "huge"])
@pytest.mark.parametrize("option", ["", "--check", "--diff", "--pretend", "--force"])
def test_a_target_that_is_no_file(here: Path, kind: str, option: str) -> None:
    """It is not opened, with any option."""
    target = here / "target.py"
    if kind == "/dev/zero":
        target = Path(kind)
    else:
        (here / kind).rename(target)
    done = run("new", "sound.yaml", "-o", f"{target}", *filter(None, [option]))
    if kind == "directory":  # to be written into
        assert (target / "sound.py").exists() == (option in ("", "--force"))
        return
    assert done.exit_code == 1
    message = "error[KS603]: the output path is a "
    if kind == "huge":
        message = "error[KS617]: the existing file is larger than"
    assert message in done.stderr and "= help: " in done.stderr


def test_a_target_by_its_model(here: Path) -> None:
    """A target with the name of the model is checked too."""
    (here / "pipe").rename(here / "sound.py")
    assert "the output path is a named pipe" in run("new", "sound.yaml").stderr


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_standard_output_has_a_name(name: str) -> None:
    """The help names `-`."""
    done = run("new", "sound.yaml", "-o", name)
    assert done.exit_code == 1 and "= help: use `-` for standard output" in done.stderr


@pytest.mark.parametrize("kind", ["pipe", "/dev/zero", "socket", "huge", "directory"])
def test_settings_that_are_no_file(here: Path, kind: str) -> None:
    """They are ignored, but a huge file is a finding."""
    (here / "pyproject.toml").symlink_to(kind)
    done = run("new", "sound.yaml", "--pretend")
    assert done.exit_code == (kind == "huge")
    assert ("KS105" in done.stderr) == (kind == "huge")


@pytest.mark.parametrize("kind", ["pipe", "/dev/zero", "huge"])
def test_a_catalogue_that_is_no_file(
    here: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalogue of the user is checked like any other file."""
    (here / "directory" / "meta.json").symlink_to(here / kind)
    monkeypatch.setenv("KERAS_SCAFFOLD_CATALOGUE", str(here / "directory"))
    done = CliRunner().invoke(cli, ["check", "sound.yaml"])
    assert "cannot be used" in str(done.exception)


@pytest.mark.parametrize("kind", ["pipe", "huge", "/dev/zero"])
@pytest.mark.parametrize("file", [".keras-scaffold/written.json", ".vscode/tasks.json"])
def test_files_of_an_editor(here: Path, kind: str, file: str) -> None:
    """Those that are there are looked at as well."""
    path = here / file
    path.parent.mkdir()
    if kind == "/dev/zero":
        path.symlink_to(kind)
    else:
        (here / kind).rename(path)
    done = run("editor", "vscode")
    assert done.exit_code == 1 and f"--> {file}" in done.stderr
    assert sorted(path.parent.iterdir()) == [path]


def test_what_turns_into_a_pipe_is_not_waited_for(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may be replaced between the check and the opening."""
    real = os.stat
    regular = real(here / "sound.yaml")
    monkeypatch.setattr(os, "stat", lambda path: regular)
    with pytest.raises(NotReadable, match="it is a named pipe"):
        read_start("pipe", 100)
    with pytest.raises(NotReadable, match="it is a device"):
        read_start("/dev/null", 100)


def shell(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script of a shell that starts programs beside the command."""
    tool = f"{sys.executable} -m scaffold"
    return subprocess.run(
        ["bash", "-c", script.replace("TOOL", tool)],
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_pipes_with_a_writer() -> None:
    """A pipe is read to its end."""
    assert shell("TOOL check <(sleep 0.5; cat sound.yaml)").returncode == 0
    assert shell("(sleep 0.2; cat sound.yaml > pipe) & TOOL check pipe").returncode == 0
    assert shell("cat sound.yaml | TOOL check /dev/stdin").returncode == 0
    assert "KS105" in shell("TOOL check <(yes)").stderr
    result = shell("TOOL new <(cat sound.yaml)")
    assert "create  model.py" in result.stderr, result.stderr


def test_a_writer_that_says_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading a named pipe fails when its writer pauses for too long."""
    monkeypatch.setattr(bounded_read, "_SILENT_SECONDS", 0.1)
    held = os.open(here / "pipe", os.O_RDWR)
    try:
        os.write(held, b"inputs")
        with pytest.raises(NotReadable, match="whose writer has sent nothing"):
            read_start("pipe", MAX_BYTES, pipes=True)
    finally:
        os.close(held)


def test_the_bound_is_one_byte_more(here: Path) -> None:
    """A file of exactly the limit is read completely."""
    (here / "full").write_bytes(b"a" * LARGEST_FILE)
    assert len(read_start("full", LARGEST_FILE)) == LARGEST_FILE
    assert len(read_start("full", LARGEST_FILE - 1)) == LARGEST_FILE
