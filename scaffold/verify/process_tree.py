"""A process and those that it has started: what they compute and occupy."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic

import psutil

_LIST_SECONDS = 1.0
"""How often the list of processes is read."""


class ProcessTree:
    """A process and its descendants.

    A descendant that was listed stays in the tree when its parent ends.

    Attributes:
        root: The process, `None` where there is none with that number.
    """

    def __init__(self, number: int | None) -> None:
        """Look for the process, by its number."""
        self.root: psutil.Process | None = None
        if number is not None:
            with suppress(psutil.Error):
                self.root = psutil.Process(number)
        self._descendants: set[psutil.Process] = set()
        self._listed = float("-inf")

    def processes(self) -> list[psutil.Process]:
        """Return the process and its descendants, as they were a second ago at most."""
        if monotonic() - self._listed > _LIST_SECONDS:
            self.descendants()
        return [*([self.root] if self.root else ()), *self._descendants]

    def descendants(self) -> set[psutil.Process]:
        """List the descendants anew, without those that have ended."""
        tree: set[psutil.Process] = set()
        for process in (*([self.root] if self.root else ()), *self._descendants):
            if process not in tree and is_alive(process):
                tree.add(process)
                with suppress(psutil.Error, OSError):
                    tree.update(process.children(recursive=True))
        self._listed = monotonic()
        self._descendants = {
            process for process in tree if process != self.root and is_alive(process)
        }
        return self._descendants

    def memory(self) -> int:
        """Return the bytes that all of them occupy; what a fork shares counts once."""
        return self._resident() + sum(map(_unshared, self._others()))

    def takes_more_than(self, size: int) -> bool:
        """Check whether they occupy more bytes than a number of them."""
        others = self._others()
        if self._resident() + sum(map(resident, others)) <= size:
            return False
        return not others or self.memory() > size

    def _resident(self) -> int:
        return resident(self.root) if self.root else 0

    def _others(self) -> list[psutil.Process]:
        return [process for process in self.processes() if process is not self.root]


def is_alive(process: psutil.Process) -> bool:
    """Check whether a process runs, rather than waits for its parent to notice its end.

    Args:
        process: The process.
    """
    try:
        return process.is_running() and process.status() not in _ENDED
    except psutil.NoSuchProcess:
        return False
    except (psutil.Error, OSError):
        return True


_ENDED = frozenset((psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD))


def resident(process: psutil.Process) -> int:
    """Return the bytes of memory that a process occupies, 0 where none can tell."""
    with suppress(psutil.Error, OSError):
        return int(process.memory_info().rss)
    return 0


def _unshared(process: psutil.Process) -> int:
    """Return the bytes that nobody else has, or all where the system does not tell."""
    with suppress(psutil.Error, OSError, AttributeError):
        return int(process.memory_full_info().uss)
    return resident(process)
