"""Finds the programs other than Python that tests need.

A test is skipped if its program is missing. With KERAS_SCAFFOLD_ALL_TOOLS, which `make
test-editor` sets, the test fails instead.
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
"""The seconds for installing the Node packages; it usually takes ten."""

HASTE = ("--fetch-retries=1", "--fetch-timeout=15000", "--fetch-retry-mintimeout=1000")
"""Options with which npm detects a missing network quickly."""


def program(name: str) -> str:
    """Return the path of a program, or skip or fail the test.

    Args:
        name: The name of the program: `vim`, `zsh`, `node`.
    """
    result = shutil.which(name)
    if result is None:
        _lacking(f"`{name}` is not installed")
    return result


def node_modules() -> Path:
    """Return the directory of the packages of `package.json`, installed once."""
    program("npm")
    if why := _install():
        _lacking(why)
    return INSTALLED / "node_modules"


@cache
def _install() -> str:
    """Install the packages; a failure is not tried again in this run.

    Returns:
        Why the packages cannot be installed, or `""`.
    """
    INSTALLED.mkdir(parents=True, exist_ok=True)
    wanted = PACKAGES.read_text(encoding="utf-8")
    done = INSTALLED / "done.json"
    with (INSTALLED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # only one worker of a run installs
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
