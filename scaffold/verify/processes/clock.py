"""Measures the time that a process and its descendants use.

Seconds in which they compute count, and seconds in which all of them sleep. Seconds in
which they wait for a processor that other programs use count a hundredth: a model has
as much time on a busy machine as on an idle one, and no wait is endless.
"""

from __future__ import annotations

from contextlib import suppress
from time import monotonic

import psutil

from scaffold.verify.processes import platform_features
from scaffold.verify.processes.process_tree import ProcessTree

_WAITING = 0.01
"""The weight of seconds in which they wait for a processor, a disk or a debugger."""

_TICK = 0.005
"""Processor time, in seconds, that counts as sleeping: a thread that only polls."""

_IDLE = 0.5
"""If less than this share of a processor is idle, they may be waiting for it."""

_SLEEPS = frozenset(
    (
        psutil.STATUS_SLEEPING,
        psutil.STATUS_IDLE,
        psutil.STATUS_WAITING,
        psutil.STATUS_ZOMBIE,
        psutil.STATUS_DEAD,
    )
)
"""The states of processes and threads that wait for an event or have ended."""


class Clock:
    """Counts the seconds of a process and of its descendants.

    Attributes:
        spent: The seconds that count.
        asleep: Those of them in which all of the processes slept.
    """

    def __init__(self, tree: ProcessTree) -> None:
        """Start at zero."""
        self.spent = self.asleep = 0.0
        self._tree = tree
        self.skip()

    def update(self) -> None:
        """Add the time since the last call of `update` or `skip`."""
        before, idle, computed = self._before, self._idle, self._computed
        self.skip()
        elapsed = self._before - before
        computed_since = sum(
            max(0.0, seconds - computed.get(process, 0.0))
            for process, seconds in self._computed.items()
        )
        if not computed or not self._computed:
            self.spent += elapsed  # the system reports no processor time
        elif computed_since > _TICK:
            self.spent += min(computed_since, elapsed)
        elif self._all_sleep(self._idle - idle >= _IDLE * elapsed):
            self.spent += elapsed
            self.asleep += elapsed
        else:
            self.spent += elapsed * _WAITING

    def skip(self) -> None:
        """Ignore the time since the last call of `update` or `skip`."""
        self._computed = _processor_seconds(self._tree.processes())
        self._before, self._idle = monotonic(), float(psutil.cpu_times().idle)

    def _all_sleep(self, has_idle: bool) -> bool:
        """Return whether all of them wait for an event.

        Args:
            has_idle: Whether a processor was idle in that time.
        """
        return all(_sleeps(process, has_idle) for process in self._computed)


def _processor_seconds(processes: list[psutil.Process]) -> dict[psutil.Process, float]:
    """Return the processor time of each running process, in seconds."""
    seconds = {}
    for process in processes:
        with suppress(psutil.Error, OSError):
            # User and system time, of the process and of children it has waited for.
            seconds[process] = float(sum(process.cpu_times()[:4]))
    return seconds


def _sleeps(process: psutil.Process, has_idle: bool) -> bool:
    """Return whether a process waits for an event, rather than for a processor.

    Args:
        process: The process.
        has_idle: Whether a processor was idle in that time. macOS and Windows call
            sleeping processes "running": those would have used the idle processor.
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
