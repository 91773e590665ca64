"""The code blocks of `docs/completion.md`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.cli.commands.completion import SHELLS
from scaffold.cli.shells import script
from tests.tools.find import program

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "completion.md").read_text(encoding="utf-8")
FILES = {
    "bash": ".local/share/bash-completion/completions/keras-scaffold",
    "zsh": ".zfunc/_keras-scaffold",
    "fish": ".config/fish/completions/keras-scaffold.fish",
}


def blocks(language: str) -> list[str]:
    """Return the code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_lines_are_those_of_the_command() -> None:
    """The page and `keras-scaffold completion` have the same commands."""
    for shell, value in SHELLS.items():
        lines = re.findall(r"^    (.+)$", value, re.MULTILINE)
        shown = "".join(blocks(shell)).splitlines()
        assert lines == shown


@pytest.mark.parametrize("shell", FILES)
def test_scripts_are_installed(shell: str, tmp_path: Path) -> None:
    """The lines that install a script put it where the shell looks for it."""
    command = tmp_path / "keras-scaffold"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m scaffold "$@"\n')
    command.chmod(0o755)
    subprocess.run(
        [program(shell), "-c", blocks(shell)[0]],
        check=True,
        env={
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT),
        },
    )
    assert (tmp_path / FILES[shell]).read_text(encoding="utf-8") == script(shell)
