"""The processes that a test has started, by a mark in their environment."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

MARK = "KERAS_SCAFFOLD_TEST"
"""The environment variable that holds the mark."""


def processes_with(mark: str, seconds: float = 60.0) -> list[int]:
    """Gives the processes with a mark that are still there after a moment."""
    end = time.monotonic() + seconds
    while found := list(_marked(mark)):
        if time.monotonic() > end:
            break
        time.sleep(0.05)
    return found


def _marked(mark: str) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARK}={mark}".encode() in path.read_bytes().split(b"\0"):
                yield int(path.parent.name)
        except OSError:
            continue
