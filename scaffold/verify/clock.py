"""How long a process, and those that it has started, have had to themselves.

A second counts in which they compute, and one in which all of them sleep. One in which
they wait for a processor that others keep busy counts a hundredth: on a busy machine a
model has as much time as on an idle one, and nothing waits for ever.
"""

from __future__ import annotations

import os
from contextlib import suppress
from time import monotonic

_WAITING = 0.01
"""What a second counts in which they wait for a processor, a disk or a debugger."""

_LIST_SECONDS = 1.0
"""How often the list of processes is read."""

_SLEEPS = frozenset("SIZX")
"""The states of threads that wait for an event, or that have ended."""


class Clock:
    """Counts the seconds of a process that has a session, and of all others in that.

    Attributes:
        spent: The seconds that count.
        asleep: Those of them in which all of the processes slept.
    """

    def __init__(self, session: int) -> None:
        """Begin at zero."""
        self.spent = self.asleep = 0.0
        self._session, self._processes, self._listed = session, [session], 0.0
        self._before, self._computed = monotonic(), self._used()

    def look(self) -> None:
        """Count what has passed since the last look."""
        before, computed = self._before, self._computed
        self.skip()
        passed = self._before - before
        if computed is None or self._computed is None:
            self.spent += passed  # the system does not tell more
        elif self._computed > computed:
            self.spent += min(self._computed - computed, passed)
        elif all(map(_sleeps, self._processes)):
            self.spent += passed
            self.asleep += passed
        else:
            self.spent += passed * _WAITING

    def skip(self) -> None:
        """Leave out what has passed since the last look."""
        self._before = monotonic()
        if self._before - self._listed > _LIST_SECONDS:
            self._listed, self._processes = self._before, _members(self._session)
        self._computed = self._used()

    def _used(self) -> float | None:
        """Give the processor time of all of them, in seconds."""
        ticks = None
        for one in self._processes:
            # User and system time, and those of the children that it has waited for.
            if (fields := _stat(f"/proc/{one}/stat")) is not None:
                ticks = (ticks or 0) + sum(map(int, fields[11:15]))
        return None if ticks is None else ticks / os.sysconf("SC_CLK_TCK")


def _members(session: int) -> list[int]:
    """Give the processes of a session; the first one is the one that has begun it."""
    found = [session]
    with suppress(OSError):
        for name in os.listdir("/proc"):
            if name.isdecimal() and int(name) != session:
                fields = _stat(f"/proc/{name}/stat")
                if fields is not None and fields[3] == str(session):
                    found.append(int(name))
    return found


def _sleeps(process: int) -> bool:
    """Tell whether every thread of a process waits for an event."""
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{process}/task"):
            fields = _stat(f"/proc/{process}/task/{thread}/stat")
            if fields is not None and fields[0] not in _SLEEPS:
                return False
    return True


def _stat(path: str) -> list[str] | None:
    """Read a line of `/proc`, from the state on."""
    with suppress(OSError, IndexError), open(path, encoding="utf-8") as file:
        return file.read().rsplit(")", 1)[1].split()
    return None
