"""Runs the commands of a transcript."""

from __future__ import annotations

from pathlib import Path

import scaffold
from scaffold.pages import Page
from tests.tools.shell import Shell

PACKAGE = Path(scaffold.__file__).parent


ROOT = PACKAGE.parent


def compare_transcript(
    page: Page, section: str, tmp_path: Path, *modules: Path
) -> None:
    """Runs a transcript's commands, with modules found in some places first."""
    text = getattr(page, section)
    assert (page.code in text) == (section == "example")
    shell = Shell(tmp_path, modules)
    for step in text.removeprefix("$ ").split("\n$ "):
        command, _, expected = step.partition("\n")
        output, _ = shell.run(command)
        lines = zip(expected.splitlines(), output.splitlines(), strict=True)
        for wanted, printed in lines:
            if wanted.endswith("..."):
                assert printed.startswith(wanted.removesuffix("..."))
            else:
                assert printed == wanted
