"""Notices that files have changed, as soon as the system can tell."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from watchfiles import watch

from scaffold.bounded_read import read_start
from scaffold.spec.limits import MOST_BYTES

STEP = 20
"""How long nothing may happen until a change is told, in milliseconds.

An editor may need several steps for one save.
"""

DEBOUNCE = 120
"""How long, in milliseconds, a change may be kept back while others come."""

TIMEOUT = 200
"""After how many milliseconds files are looked at even if no change was told.

Network drives, and some containers, tell none; and what happens before the system is
asked for them, it does not tell.
"""


class _State(NamedTuple):
    """What a file is like: saved again is changed, even to the same.

    Of what is no file, a pipe or a directory, nothing is read.
    """

    time: int
    content: int | None


def changes(paths: Sequence[str]) -> Iterator[list[str]]:
    """Return the files that have changed, whenever some have; at first all of them.

    A file may be written, replaced, removed and made again; so may its directory. Each
    directory is watched by itself, whatever is below it.

    Args:
        paths: The files. They need not be there, and are where they are called so now,
            even if the working directory is another one later.
    """
    places = {path: os.path.abspath(path) for path in paths}
    states = {path: _state(place) for path, place in places.items()}
    yield list(paths)
    for _ in _notices(list(places.values())):
        now = {path: _state(place) for path, place in places.items()}
        changed = [path for path in paths if now[path] != states[path]]
        states = now
        if changed:
            yield changed


def _state(path: str) -> _State | None:
    # The content as well: of two saves within a tick of the clock, the time tells one.
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            return _State(status.st_mtime_ns, None)
        return _State(status.st_mtime_ns, hash(read_start(path, MOST_BYTES)))
    except (OSError, ValueError):
        return None


def _notices(paths: Sequence[str]) -> Iterator[None]:
    """Stop for a moment, again and again, until files may have changed."""
    while True:
        places = _places(paths)
        try:
            for _ in _told(list(places)):
                yield
                if _places(paths) != places:
                    break  # a directory, or what a link leads to, is another one now
        except (OSError, RuntimeError):
            # There is none, or the system can watch no more: we look ourselves.
            time.sleep(TIMEOUT / 1_000)
            yield


def _told(directories: Sequence[str]) -> Iterator[object]:
    """Wait until the system tells of something in directories, or for a moment."""
    if not directories:
        raise FileNotFoundError
    return watch(
        *directories,
        watch_filter=None,  # what it is that has changed, we look for ourselves
        step=STEP,
        debounce=DEBOUNCE,
        rust_timeout=TIMEOUT,
        yield_on_timeout=True,
        recursive=False,
        debug=False,
    )


def _places(paths: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the directories that are there, and what tells each from any other."""
    places = {}
    for path in paths:
        for way in _ways(path):
            directory = os.path.dirname(way)
            with suppress(OSError):
                status = os.stat(directory)
                places[directory] = status.st_dev, status.st_ino
    return places


def _ways(path: str) -> tuple[str, str]:
    """Return the real place of a name, and of the file that it may be a link to."""
    directory, name = os.path.split(path)
    return os.path.join(os.path.realpath(directory), name), os.path.realpath(path)
