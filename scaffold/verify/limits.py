"""How much memory a process has, and may have.

Two bounds, each where the system has it: the process's own (`RLIMIT_DATA`), at which
Python raises `MemoryError`; and what the parent sees of it from outside, in case the
code takes memory in ways that the first does not count.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource

GIBIBYTE = 1 << 30


def bound(memory: int) -> None:
    """Lets this process take so many bytes more than it has, where that is possible."""
    used = _status(os.getpid(), "VmData")
    if sys.platform != "win32" and used is not None:
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (used + memory, most))


def resident(process: int) -> int | None:
    """Gives the bytes of memory that a process occupies, `None` where none can tell."""
    return _status(process, "VmRSS")


def available() -> int | None:
    """Return the bytes of memory that new programs can have, where the system tells."""
    return _field("/proc/meminfo", "MemAvailable")


def _status(process: int, field: str) -> int | None:
    return _field(f"/proc/{process}/status", field)


def _field(path: str, field: str) -> int | None:
    try:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.startswith(f"{field}:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    return None
