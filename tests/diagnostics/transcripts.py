"""Runs the commands of a transcript."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import scaffold
from scaffold.pages import Page

PACKAGE = Path(scaffold.__file__).parent


ROOT = PACKAGE.parent


def compare_transcript(
    page: Page, section: str, tmp_path: Path, *modules: Path
) -> None:
    """Runs a transcript's commands, with modules found in some places first."""
    text = getattr(page, section)
    assert (page.code in text) == (section == "example")
    command = tmp_path / "bin" / "keras-scaffold"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m scaffold "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IEXEC)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    directory = tmp_path / "work"
    directory.mkdir()
    for step in text.removeprefix("$ ").split("\n$ "):
        run, _, expected = step.partition("\n")
        done = subprocess.run(
            ["sh", "-c", run],
            cwd=directory,
            env={
                **os.environ,
                "PATH": path,
                "PYTHONPATH": os.pathsep.join(map(str, (*modules, ROOT))),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines = zip(expected.splitlines(), done.stdout.splitlines(), strict=True)
        for wanted, printed in lines:
            if wanted.endswith("..."):
                assert printed.startswith(wanted.removesuffix("..."))
            else:
                assert printed == wanted
