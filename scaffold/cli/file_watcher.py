"""Detect changes of files as soon as the operating system reports them."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from watchfiles import watch

from scaffold.bounded_read import read_start
from scaffold.spec.limits import MAX_BYTES

STEP = 20
"""How many quiet milliseconds must pass before a change is reported.

An editor may save a file in several steps.
"""

DEBOUNCE = 120
"""How many milliseconds a change may be delayed while more changes arrive."""

TIMEOUT = 200
"""After how many milliseconds files are checked even if no change was reported.

Network drives and some containers report no changes, and the system does not report
changes from before the watch started.
"""


class _State(NamedTuple):
    """The state of a file; saving it again with the same content changes the state.

    Attributes:
        time: The time of the last modification.
        content: The hash of the content, `None` for a pipe or a directory.
    """

    time: int
    content: int | None


def changes(paths: Sequence[str]) -> Iterator[list[str]]:
    """Yield all files first, then the changed files after each change.

    A file may be written, replaced, or removed and created again, and so may its
    directory. Directories are watched without their subdirectories.

    Args:
        paths: The files. They need not exist. Relative paths are resolved now, so the
            working directory may change later.
    """
    absolute = {path: os.path.abspath(path) for path in paths}
    states = {path: _state(full_path) for path, full_path in absolute.items()}
    yield list(paths)
    for _ in _wake_ups(list(absolute.values())):
        current = {path: _state(full_path) for path, full_path in absolute.items()}
        changed = [path for path in paths if current[path] != states[path]]
        states = current
        if changed:
            yield changed


def _state(path: str) -> _State | None:
    # The time alone is not enough: two saves within one clock tick have the same time.
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            return _State(status.st_mtime_ns, None)
        return _State(status.st_mtime_ns, hash(read_start(path, MAX_BYTES)))
    except (OSError, ValueError):
        return None


def _wake_ups(paths: Sequence[str]) -> Iterator[None]:
    """Yield whenever files may have changed, and at least every `TIMEOUT`."""
    while True:
        directories = _directories(paths)
        try:
            for _ in _reports(list(directories)):
                yield
                if _directories(paths) != directories:
                    break  # a directory or the target of a link was replaced
        except (OSError, RuntimeError):
            # No directory exists, or the system has no more watches: poll instead.
            time.sleep(TIMEOUT / 1_000)
            yield


def _reports(directories: Sequence[str]) -> Iterator[object]:
    """Yield when the system reports a change in the directories, or on a timeout."""
    if not directories:
        raise FileNotFoundError
    return watch(
        *directories,
        watch_filter=None,  # `changes` determines which files have changed
        step=STEP,
        debounce=DEBOUNCE,
        rust_timeout=TIMEOUT,
        yield_on_timeout=True,
        recursive=False,
        debug=False,
    )


def _directories(paths: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the existing directories to watch, with their device and inode."""
    directories = {}
    for path in paths:
        for resolved in _resolved(path):
            directory = os.path.dirname(resolved)
            with suppress(OSError):
                status = os.stat(directory)
                directories[directory] = status.st_dev, status.st_ino
    return directories


def _resolved(path: str) -> tuple[str, str]:
    """Return the path with its directory resolved, and with a final link resolved."""
    directory, name = os.path.split(path)
    return os.path.join(os.path.realpath(directory), name), os.path.realpath(path)
