"""Generate docs/comparing.md, with the outputs of its commands, for `make docs`."""

from __future__ import annotations

import contextlib
import re
import tempfile
from pathlib import Path

from click.testing import CliRunner

from scaffold.cli.main import cli
from tests.page_templates import DOCS, render

TEMPLATE = DOCS / "comparing.md.jinja"


def output_of(command: str) -> str:
    """Return what a command prints.

    Raises:
        ValueError: The command fails.
    """
    done = CliRunner().invoke(cli, command.split()[1:])
    if done.exit_code:
        raise ValueError(f"{command}: {done.output}")
    return done.output


def section(command: str, title: str) -> str:
    """Return a section of the output of `compare`."""
    pieces = re.split(r"^(?=── )", output_of(command), flags=re.MULTILINE)
    (piece,) = [text for text in pieces if text.startswith(f"── {title} ")]
    return piece.rstrip("\n")


def method(path: str, name: str) -> str:
    """Return the first line of a method in a file, with the comment above it."""
    (text,) = re.findall(
        rf"^((?: *#[^\n]*\n)+ *def {name}\(.*?:)$",
        Path(path).read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    return str(text)


def page() -> str:
    """Return the text of the page."""
    with tempfile.TemporaryDirectory() as directory, contextlib.chdir(directory):
        return render(TEMPLATE.name, output=output_of, section=section, method=method)


if __name__ == "__main__":
    print(page(), end="")
