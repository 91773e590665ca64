"""The names of temporary files, and the removal of those that were left behind.

Such a file is beside its target, so that a rename can put it there. Its name says who
made it: the process, and a token that tells it from an earlier process with the same
number, as every run in a container may have.
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
    """Return a name that nothing else has, however long the target's own name is."""
    return f".keras-scaffold-{os.getpid()}-{_TOKEN}-{next(_NUMBERS)}.tmp"


def sweep(directory: Path) -> None:
    """Remove what runs that were killed have left in a directory.

    Whether a process runs is known for this machine (and this container) only. A run
    elsewhere that shares the directory and loses its file so fails, and harms nothing.
    """
    try:
        names = os.listdir(directory)
    except OSError:
        return
    for name in names:
        match = _NAME.fullmatch(name)
        if match and not _runs(int(match[1]), match[2]):
            with suppress(OSError):
                os.unlink(directory / name)


def _runs(process: int, token: str) -> bool:
    if process == os.getpid():
        return token == _TOKEN
    if os.name != "posix":
        return True  # on Windows the question itself would be a signal
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is another user's
    return True
