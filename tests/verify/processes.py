"""The processes that a test has started, by a mark in their environment."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psutil
import pytest

from scaffold.verify.platform_features import PORTABLE

MARK = "KERAS_SCAFFOLD_TEST"
"""The environment variable that holds the mark."""


SYSTEMS = ("refined", "portable")
"""With what only this system can do, and without."""


def restrict(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have `verify` do without what only some systems can do.

    Args:
        system: One of `SYSTEMS`.
        monkeypatch: What changes the environment.
    """
    if system == "portable":
        monkeypatch.setenv(PORTABLE, "1")


def processes_with(mark: str, seconds: float = 60.0) -> list[int]:
    """Gives the processes with a mark that are still there after a moment."""
    end = time.monotonic() + seconds
    while found := list(_marked(mark)):
        if time.monotonic() > end:
            break
        time.sleep(0.05)
    return found


def _marked(mark: str) -> Iterator[int]:
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark:
                yield process.pid
        except (psutil.Error, OSError):
            continue
