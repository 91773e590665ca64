"""Finds the processes that a test started, by a mark in their environment."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psutil
import pytest

from scaffold.verify.processes.platform_features import PORTABLE

MARK = "KERAS_SCAFFOLD_TEST"
"""The environment variable that holds the mark."""


SYSTEMS = ("refined", "portable")
"""With the features of some systems only, and without them."""


def restrict(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn off the features of some systems only in `verify`.

    Args:
        system: One of `SYSTEMS`.
        monkeypatch: The fixture that changes the environment.
    """
    if system == "portable":
        monkeypatch.setenv(PORTABLE, "1")


def processes_with(mark: str, seconds: float = 60.0) -> list[int]:
    """Return the processes with a mark that still run after a moment."""
    end = time.monotonic() + seconds
    while markeds := list(_marked(mark)):
        if time.monotonic() > end:
            break
        time.sleep(0.05)
    return markeds


def _marked(mark: str) -> Iterator[int]:
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark:
                yield process.pid
        except (psutil.Error, OSError):
            continue
