"""How long a process, and those that it has started, have had to themselves.

A second counts in which they compute, and one in which all of them sleep. One in which
they wait for a processor that others keep busy counts a hundredth: on a busy machine a
model has as much time as on an idle one, and nothing waits for ever.
"""

from __future__ import annotations

from contextlib import suppress
from time import monotonic

import psutil

from scaffold.verify import platform_features
from scaffold.verify.process_tree import ProcessTree

_WAITING = 0.01
"""What a second counts in which they wait for a processor, a disk or a debugger."""

_TICK = 0.005
"""Processor time that means nothing: a thread wakes up and sleeps again, in seconds."""

_IDLE = 0.5
"""The share of a processor that has to be idle, or else they may wait for it."""

_SLEEPS = frozenset(
    (
        psutil.STATUS_SLEEPING,
        psutil.STATUS_IDLE,
        psutil.STATUS_WAITING,
        psutil.STATUS_ZOMBIE,
        psutil.STATUS_DEAD,
    )
)
"""The states of processes and threads that wait for an event, or that have ended."""


class Clock:
    """Counts the seconds of a process and of its descendants.

    Attributes:
        spent: The seconds that count.
        asleep: Those of them in which all of the processes slept.
    """

    def __init__(self, tree: ProcessTree) -> None:
        """Begin at zero."""
        self.spent = self.asleep = 0.0
        self._tree = tree
        self.skip()

    def look(self) -> None:
        """Count what has passed since the last look."""
        before, idle, computed = self._before, self._idle, self._computed
        self.skip()
        passed = self._before - before
        grown = sum(
            max(0.0, seconds - computed.get(process, 0.0))
            for process, seconds in self._computed.items()
        )
        if not computed or not self._computed:
            self.spent += passed  # the system does not tell more
        elif grown > _TICK:
            self.spent += min(grown, passed)
        elif self._sleep(self._idle - idle >= _IDLE * passed):
            self.spent += passed
            self.asleep += passed
        else:
            self.spent += passed * _WAITING

    def skip(self) -> None:
        """Leave out what has passed since the last look."""
        self._computed = _processor_seconds(self._tree.processes())
        self._before, self._idle = monotonic(), float(psutil.cpu_times().idle)

    def _sleep(self, has_idle: bool) -> bool:
        """Check whether all of them wait for an event.

        Args:
            has_idle: Whether a processor was idle meanwhile.
        """
        return all(_sleeps(process, has_idle) for process in self._computed)


def _processor_seconds(processes: list[psutil.Process]) -> dict[psutil.Process, float]:
    """Return the processor time of each that still runs, in seconds."""
    seconds = {}
    for process in processes:
        with suppress(psutil.Error, OSError):
            # User and system time, and those of the children that it has waited for.
            seconds[process] = float(sum(process.cpu_times()[:4]))
    return seconds


def _sleeps(process: psutil.Process, has_idle: bool) -> bool:
    """Check whether a process waits for an event, rather than for a processor.

    Args:
        process: The process.
        has_idle: Whether a processor was idle meanwhile. macOS and Windows call
            processes "running" that sleep: those would have had it.
    """
    try:
        if platform_features.tells_threads():
            return all(
                psutil.Process(thread.id).status() in _SLEEPS
                for thread in process.threads()
            )
        state = process.status()
    except psutil.NoSuchProcess:
        return True
    except (psutil.Error, OSError):
        return has_idle
    return state in _SLEEPS or (state == psutil.STATUS_RUNNING and has_idle)
