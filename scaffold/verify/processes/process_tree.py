"""A process and its descendants, and the memory that they use."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic

import psutil

_LIST_SECONDS = 1.0
"""The interval at which the list of processes is read."""


class ProcessTree:
    """A process and its descendants.

    A listed descendant stays in the tree when its parent ends.

    Attributes:
        root: The process, `None` if no process has that id.
    """

    def __init__(self, number: int | None) -> None:
        """Find the process by its id."""
        self.root: psutil.Process | None = None
        if number is not None:
            with suppress(psutil.Error):
                self.root = psutil.Process(number)
        self._descendants: set[psutil.Process] = set()
        self._listed = float("-inf")

    def processes(self) -> list[psutil.Process]:
        """Return the process and its descendants; the list is at most a second old."""
        if monotonic() - self._listed > _LIST_SECONDS:
            self.descendants()
        return [*([self.root] if self.root else ()), *self._descendants]

    def descendants(self) -> set[psutil.Process]:
        """Read the list of descendants again, without those that have ended."""
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
        """Return the bytes that all of them occupy; shared memory counts once."""
        return self._resident() + sum(map(_unshared, self._others()))

    def takes_more_than(self, size: int) -> bool:
        """Return whether they occupy more than so many bytes."""
        others = self._others()
        if self._resident() + sum(map(resident, others)) <= size:
            return False
        return not others or self.memory() > size

    def _resident(self) -> int:
        return resident(self.root) if self.root else 0

    def _others(self) -> list[psutil.Process]:
        return [process for process in self.processes() if process is not self.root]


def is_alive(process: psutil.Process) -> bool:
    """Return whether a process runs, and is not a zombie.

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
    """Return the bytes of memory that a process occupies, 0 if unknown."""
    with suppress(psutil.Error, OSError):
        return int(process.memory_info().rss)
    return 0


def _unshared(process: psutil.Process) -> int:
    """Return the unshared bytes of a process, or all if these are unknown."""
    with suppress(psutil.Error, OSError, AttributeError):
        return int(process.memory_full_info().uss)
    return resident(process)
