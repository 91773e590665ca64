"""`keras-scaffold presets`, as its users see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold.cli.main import cli
from scaffold.output.note import read_note
from scaffold.spec import preset_names, preset_path
from scaffold.styles import STYLES
from tests import presets_page
from tests.goldens import PRESETS

NAMES = tuple(sorted(PRESETS))
ALL = "`keras-scaffold presets` lists the presets"


def run(*args: str, text: str = "") -> Result:
    """Run `keras-scaffold`."""
    return CliRunner(catch_exceptions=False).invoke(
        cli, args, input=text, prog_name="keras-scaffold"
    )


def test_list() -> None:
    """Each preset has a line with its name, its styles, and what it is for."""
    done = run("presets")
    assert done.exit_code == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert tuple(line.split()[0] for line in lines) == NAMES == preset_names()
    for line, name in zip(lines, NAMES, strict=True):
        styles, description = line.removeprefix(name).strip().split("  ", 1)
        assert tuple(styles.split()) == STYLES[STYLES.index(PRESETS[name]) :]
        assert description.endswith(".") and "." not in description[:-1]
    assert len({line.index("subclass") for line in lines}) == 1
    assert lines[NAMES.index("linear_regression")].endswith(
        " sequential functional subclass  "
        "Hours studied against marks, fitted with a straight line."
    )


@pytest.mark.parametrize("name", NAMES)
def test_print(name: str) -> None:
    """A preset's spec is printed as it is in its file, comments included."""
    done = run("presets", name)
    assert done.exit_code == 0
    assert done.stderr == ""
    path = preset_path(name)
    assert path is not None
    assert done.stdout == path.read_text(encoding="utf-8")
    assert done.stdout.startswith("# ")


@pytest.mark.parametrize("name", NAMES)
def test_says_why_its_style(name: str) -> None:
    """The comment above a preset names the simplest style that can say it."""
    assert PRESETS[name] in presets_page.comment(run("presets", name).stdout)


def test_page() -> None:
    """`docs/presets.md` is what the presets say of themselves."""
    written = presets_page.PATH.read_text(encoding="utf-8")
    assert written == presets_page.page(), "see `make docs`"


@pytest.mark.parametrize(
    ("name", "style"),
    [
        (name, style)
        for name in NAMES
        for style in STYLES[STYLES.index(PRESETS[name]) :]
    ],
)
def test_printed_preset_is_the_preset(name: str, style: str) -> None:
    """The printed spec generates the same code, except for the second line."""
    printed = run("presets", name).stdout
    ours = run("new", "-", "-o", "-", "--style", style, text=printed)
    theirs = run("new", name, "-o", "-", "--style", style)
    assert ours.exit_code == theirs.exit_code == 0
    pairs = zip(ours.stdout.splitlines(), theirs.stdout.splitlines(), strict=True)
    ((text, other),) = [(pair, other) for pair, other in pairs if pair != other]
    assert text.startswith(
        f"# By keras-scaffold from standard input ({style}); sha256 "
    )
    assert other.startswith("# By keras-scaffold from ")
    note = read_note(theirs.stdout)
    # A long name is cut short there.
    assert note is not None and note.style == style and note.names(f"{name}.yaml")


def test_printed_preset_can_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A printed preset, saved under its name, is taken in place of the preset."""
    monkeypatch.chdir(tmp_path)
    printed = run("presets", "mlp").stdout
    Path("mlp.yaml").write_text(printed.replace("name: mlp", "name: my_own"))
    done = run("new", "mlp.yaml", "--pretend")
    assert done.exit_code == 0
    assert done.stderr == "   create  my_own.py (sequential)\n"


@pytest.mark.parametrize(
    ("typo", "help_"),
    [
        ("cn", "did you mean `cnn`?"),
        ("linear-regression", "did you mean `linear_regression`?"),
        ("xyzzyqux", ALL),
        ("../model", ALL),
        ("", ALL),
    ],
)
def test_unknown_preset(typo: str, help_: str) -> None:
    """An unknown preset is a finding with a suggestion."""
    done = run("presets", typo)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr == (
        f"error[KS101]: there is no preset `{typo}`\n--> {typo}\n = help: {help_}\n"
    )


@pytest.mark.parametrize("arguments", [("cnn", "mlp"), ("--all",)])
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    """A wrong command line is a usage error, not a finding."""
    done = run("presets", *arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Usage: keras-scaffold presets [OPTIONS] [NAME]")
