"""Finds the programs that tests need beside Python.

On a machine that lacks one, a test that needs it is skipped and says which; with
KERAS_SCAFFOLD_ALL_TOOLS set, as `make test-editor` sets it, that is a failure.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

PACKAGES = Path(__file__).with_name("package.json")
INSTALLED = Path(__file__).parents[2] / "build" / "npm"
SECONDS = 60
"""What the packages of Node may take to be installed; ten are usual."""

HASTE = ("--fetch-retries=1", "--fetch-timeout=15000", "--fetch-retry-mintimeout=1000")
"""How npm finds out soon that there is no network."""


def program(name: str) -> str:
    """Gives the path of a program, or leaves the test.

    Args:
        name: What it is called: `vim`, `zsh`, `node`.
    """
    found = shutil.which(name)
    if found is None:
        _lacking(f"`{name}` is not installed")
    return found


def node_modules() -> Path:
    """Gives the directory of the packages of `package.json`, installed once."""
    program("npm")
    if why := _install():
        _lacking(why)
    return INSTALLED / "node_modules"


@cache
def _install() -> str:
    """Installs the packages; what cannot be had is not asked for again in this run.

    Returns:
        Why they cannot be had, `""` if they can.
    """
    INSTALLED.mkdir(parents=True, exist_ok=True)
    wanted = PACKAGES.read_text(encoding="utf-8")
    done = INSTALLED / "done.json"
    with (INSTALLED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of the workers of a run, one installs
        if done.exists() and done.read_text(encoding="utf-8") == wanted:
            return ""
        (INSTALLED / "package.json").write_text(wanted, encoding="utf-8")
        command = [program("npm"), "install", "--no-audit", "--no-fund", *HASTE]
        try:
            ended = subprocess.run(
                command, cwd=INSTALLED, timeout=SECONDS, capture_output=True, text=True
            )
        except subprocess.TimeoutExpired:
            return f"npm took more than {SECONDS} s"
        if ended.returncode:
            return f"npm cannot install its packages: {ended.stderr[-500:]}"
        done.write_text(wanted, encoding="utf-8")
    return ""


def _lacking(what: str) -> NoReturn:
    if os.environ.get("KERAS_SCAFFOLD_ALL_TOOLS"):
        pytest.fail(what)
    pytest.skip(what)
