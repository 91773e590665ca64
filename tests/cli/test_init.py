"""`keras-scaffold init`, as its users see it."""

from __future__ import annotations

import os
import pty
import resource
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold.cli.main import cli
from tests.output.tree import (
    in_child,
    in_child_without_rights,
    small_disk,
    snapshot,
)

pytestmark = pytest.mark.slow

SPEC = """
inputs: [4]
layers: [Dense(1)]
compile: {optimizer: sgd, loss: mean_squared_error}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory, in which commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init(*args: str) -> Result:
    """Run `keras-scaffold init`."""
    return CliRunner().invoke(cli, ["init", *args])


def actions(done: Result) -> dict[str, str]:
    """Read what is said of each file."""
    lines = [line.split(maxsplit=1) for line in done.stderr.splitlines()]
    known = ("create", "identical", "update", "conflict", "force", "skip")
    return {words[1]: words[0] for words in lines if words and words[0] in known}


def test_defaults(here: Path) -> None:
    """Only the directory is required; the two next commands are shown."""
    done = init("digits")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert set(actions(done).values()) == {"create"}
    assert done.stderr.splitlines()[-2:] == [
        "     next  cd digits && make train",
        "     next  cd digits && make test",
    ]
    package = {path.name for path in (here / "digits/src/digits").iterdir()}
    assert {"model.py", "data.py", "train.py", "evaluate.py"} <= package
    assert {"predict.py", "export.py", "command.py"} <= package
    model = (here / "digits/src/digits/model.py").read_text()
    assert "# By keras-scaffold from model.yaml (sequential); sha256 " in model


def test_again(here: Path) -> None:
    """The second run changes nothing."""
    init("digits")
    was = snapshot(here)
    done = init("digits")
    assert done.exit_code == 0
    assert set(actions(done).values()) == {"identical"}
    assert snapshot(here) == was


@pytest.mark.parametrize("style", ["sequential", "functional", "subclass"])
def test_in_step(here: Path, style: str) -> None:
    """What `make model` would run finds the model up to date, in every style."""
    assert init("digits", "--style", style).exit_code == 0
    new = ["new", "digits/model.yaml", "--style", style, "--check"]
    model = here / "digits/src/digits/model.py"
    assert CliRunner().invoke(cli, [*new, "-o", str(model)]).exit_code == 0
    spec = here / "digits/model.yaml"
    spec.write_text(spec.read_text().replace("filters: 32", "filters: 16"))
    assert CliRunner().invoke(cli, [*new, "-o", str(model)]).exit_code == 1


def test_conflict(here: Path) -> None:
    """If files with these names exist, nothing is written."""
    (here / "digits").mkdir()
    (here / "digits/README.md").write_text("Mine.\n")
    was = snapshot(here)
    done = init("digits")
    assert done.exit_code == 1
    assert actions(done)["digits/README.md"] == "conflict"
    assert "error[KS601]: the existing file has different content" in done.stderr
    assert snapshot(here) == was


def test_beside_other_files(here: Path) -> None:
    """Other files in the directory are kept."""
    (here / "digits/src").mkdir(parents=True)
    (here / "digits/src/mine.py").write_text("mine = 1\n")
    assert init("digits").exit_code == 0
    assert (here / "digits/src/mine.py").read_text() == "mine = 1\n"


def test_skip_and_force(here: Path) -> None:
    """`--skip` keeps a file and adds the others; `--force` replaces it."""
    (here / "digits").mkdir()
    readme = here / "digits/README.md"
    readme.write_text("Mine.\n")
    done = init("digits", "--skip")
    assert done.exit_code == 0
    assert actions(done)["digits/README.md"] == "skip"
    assert readme.read_text() == "Mine.\n"
    assert (here / "digits/Makefile").exists()
    done = init("digits", "--force")
    assert actions(done)["digits/README.md"] == "force"
    assert set(actions(done).values()) == {"force", "identical"}
    assert readme.read_text().startswith("# digits\n")


@pytest.mark.parametrize("option", ["--pretend", "--diff"])
def test_without_writing(here: Path, option: str) -> None:
    """The actions are reported, but nothing is written."""
    done = init("digits", option)
    assert done.exit_code == 0
    assert actions(done)["digits/model.yaml"] == "create"
    assert list(here.iterdir()) == []
    assert ("+# digits" in done.stdout) == (option == "--diff")


def test_extras(here: Path) -> None:
    """A workflow, an image and tasks of another editor are optional."""
    extras = (
        ".github/workflows/test.yml",
        ".dockerignore",
        "Dockerfile",
        ".zed/tasks.json",
    )
    init("plain", "--editor", "none")
    assert not any((here / "plain" / path).exists() for path in extras)
    assert not (here / "plain/.vscode").exists()
    init("full", "--editor", "zed", "--ci", "github", "--docker")
    assert all((here / "full" / path).exists() for path in extras)


def test_own_spec(here: Path) -> None:
    """A spec keeps its text; without a name in it, it keeps its file name as well."""
    (here / "line.yaml").write_text(SPEC)
    assert init("lines", "--spec", "line.yaml").exit_code == 0
    assert (here / "lines/line.yaml").read_text() == SPEC
    assert "The `line` model." in (here / "lines/src/lines/model.py").read_text()
    (here / "named.json").write_text(
        '{"name": "named", "inputs": [4], "layers": ["Dense(1)"],'
        ' "compile": {"loss": "mse"}}'
    )
    assert init("others", "--spec", "named.json").exit_code == 0
    assert (here / "others/model.json").exists()


@pytest.mark.parametrize(
    ("args", "code", "text"),
    [
        (["class"], 1, "error[KS608]: `class` cannot be a package"),
        (["digits", "--preset", "cnnn"], 1, "did you mean `cnn`?"),
        (["digits", "--spec", "none.yaml"], 1, "error[KS101]"),
        (["digits", "--preset", "resnet", "--style", "sequential"], 1, "error[KS502]"),
        (
            ["digits", "--preset", "cnn", "--spec", "x.yaml"],
            2,
            "cannot be used together",
        ),
        (["digits", "--force", "--skip"], 2, "cannot be used together"),
        (["digits", "--backend", "theano"], 2, "theano"),
        (["bare", "--spec", "bare.yaml"], 1, "error[KS609]: the spec has no loss"),
        (["file"], 1, "`file` is not a directory"),
        (["link"], 1, "error[KS602]"),
    ],
)
def test_refused(here: Path, args: list[str], code: int, text: str) -> None:
    """Errors have a location and help, and nothing is written."""
    (here / "bare.yaml").write_text("inputs: [4]\nlayers: [Dense(1)]\n")
    (here / "file").write_text("")
    (here / "link").mkdir()
    (here / "link/src").symlink_to(here)
    was = snapshot(here)
    done = init(*args)
    assert done.exit_code == code
    assert text in done.stderr
    assert snapshot(here) == was


def test_unwritable(here: Path) -> None:
    """A directory that is not writable is reported once, and nothing is left behind."""
    target = here / "locked"
    target.mkdir()
    target.chmod(0o555)
    init("warm", "--pretend")  # nobody may read our modules
    done = in_child_without_rights(target, lambda: _told("digits"))
    assert done == (1, 1)
    assert list(target.iterdir()) == []


def _told(directory: str) -> tuple[int, int]:
    """Run the command; counts what it has against the place."""
    done = init(directory)
    return done.exit_code, done.stderr.count("is not writable")


def test_full_disk(here: Path) -> None:
    """When the disk is full nothing is left behind, no directory either."""
    (here / "small").mkdir()
    init("warm", "--pretend")

    def work() -> tuple[int, bool, list[str]]:
        if not small_disk(here / "small"):
            resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
        done = init("small/digits")
        is_said = "full" in done.stderr or "larger than" in done.stderr
        return done.exit_code, is_said, os.listdir(here / "small")

    assert in_child(work) == (1, True, [])


def test_asks(here: Path) -> None:
    """On a terminal it prompts for unset options, with defaults."""
    message = on_terminal(["init", "asked"], ["mlp", "", "jax"])
    assert "preset" in message and "[cnn]" in message
    assert "style (sequential, functional, subclass) [sequential]" in message
    assert "backend (tensorflow, jax, torch) [tensorflow]" in message
    assert "name: mlp" in (here / "asked/model.yaml").read_text()
    assert '"jax' in (here / "asked/pyproject.toml").read_text()


def test_asks_about_conflicts(here: Path) -> None:
    """On a terminal it prompts for each conflict."""
    (here / "asked").mkdir()
    (here / "asked/Makefile").write_text("mine:\n")
    (here / "asked/README.md").write_text("Mine.\n")
    arguments = ["--preset", "cnn", "--style", "auto", "--backend", "tensorflow"]
    message = on_terminal(["init", "asked", *arguments], ["diff", "replace", "keep"])
    assert "-mine:" in message
    assert "force  asked/Makefile" in message and "skip  asked/README.md" in message
    assert (here / "asked/README.md").read_text() == "Mine.\n"


def on_terminal(args: list[str], answers: list[str]) -> str:
    """Run the command on a terminal, gives answers, and reads what it shows."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "scaffold", *args])
    message = b""
    with os.fdopen(terminal, "rb+", buffering=0) as stream:
        for answer in answers:
            while not message.endswith(b"]: "):
                message += stream.read(1024)
            stream.write(answer.encode() + b"\n")
            message += b"\n"
        while True:
            try:
                message += stream.read(1024)
            except OSError:  # the other end is closed
                break
    os.waitpid(child, 0)
    return message.decode()
