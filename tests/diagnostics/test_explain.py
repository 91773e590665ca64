"""`keras-scaffold explain`."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from scaffold.cli.main import cli
from scaffold.pages import CODES
from scaffold.pages import explain as page


def run(*arguments: str) -> Result:
    """Runs the command."""
    return CliRunner().invoke(cli, ["explain", *arguments])


@pytest.mark.parametrize("code", CODES)
def test_page(code: str) -> None:
    """The page of a code is a product: it goes to stdout, and nothing to stderr."""
    done = run(code)
    assert (done.exit_code, done.stdout, done.stderr) == (0, page(code), "")


@pytest.mark.parametrize("written", ["ks201", "Ks201", " KS201 ", "201"])
def test_spellings(written: str) -> None:
    """A code may be in small letters, or without its own."""
    assert run(written).stdout == page("KS201")


def test_name() -> None:
    """A code's name does as well."""
    assert run("unknown-callable").stdout == page("KS201")


def test_list() -> None:
    """Without a code, each has one line."""
    done = run()
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert [line.split()[0] for line in lines] == list(CODES)
    assert lines[0].split(maxsplit=2)[1:] == [
        "unreadable-file",
        "The spec cannot be read.",
    ]


@pytest.mark.parametrize(
    ("written", "help_"),
    [
        ("KS201a", "did you mean `KS201` or `KS101` or `KS202`?\n"),
        ("KS30", "did you mean `KS302` or `KS303` or `KS304`?\n"),
        ("unknown-calable", "did you mean `unknown-callable`?\n"),
        ("banana", "`keras-scaffold explain` lists all codes\n"),
    ],
)
def test_unknown(written: str, help_: str) -> None:
    """What is no code exits with 1, and says on stderr what may have been meant."""
    done = run(written)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"there is no code `{written}`\n")
    assert done.stderr.endswith(help_)
