"""The names of temporary files, and the removal of leftover ones.

A temporary file is in the directory of its target, so that it can be renamed to it. Its
name contains the id of the process, and a token that distinguishes the process from an
earlier one with the same id, which is common in containers.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from itertools import count
from pathlib import Path

_TOKEN = os.urandom(4).hex()
_NUMBERS = count()
_NAME = re.compile(r"\.keras-scaffold-(\d{1,9})-([0-9a-f]{8})-\d+\.tmp")


def scratch_name() -> str:
    """Return a unique name, whose length does not depend on the target."""
    return f".keras-scaffold-{os.getpid()}-{_TOKEN}-{next(_NUMBERS)}.tmp"


def sweep(directory: Path) -> None:
    """Remove the temporary files of killed runs from a directory.

    Whether a process still runs is known only for this machine and container. If a run
    elsewhere shares the directory and loses its temporary file, it fails safely.
    """
    try:
        names = os.listdir(directory)
    except OSError:
        return
    for name in names:
        match = _NAME.fullmatch(name)
        if match and not _is_running(int(match[1]), match[2]):
            with suppress(OSError):
                os.unlink(directory / name)


def _is_running(process: int, token: str) -> bool:
    if process == os.getpid():
        return token == _TOKEN
    if os.name != "posix":
        return True  # on Windows, `os.kill` with 0 would send Ctrl-C
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # the process belongs to another user
    return True
