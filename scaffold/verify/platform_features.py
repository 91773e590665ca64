"""What only some systems can do with processes; psutil does the rest on all of them.

Each function does one such thing where that is possible, or says whether it is. The
variable `KERAS_SCAFFOLD_PORTABLE` turns all of them off: with it, the tests of Linux
run what macOS and Windows run.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

PORTABLE = "KERAS_SCAFFOLD_PORTABLE"
"""The environment variable that turns off what only some systems can do."""

_SUBREAPER = 36
"""Linux: PR_SET_CHILD_SUBREAPER."""

_NEW_GROUP = 0x200
"""Windows: CREATE_NEW_PROCESS_GROUP."""


def adopt_orphans() -> None:
    """Have Linux make this process the parent of descendants whose parent has ended."""
    if _is_linux():
        # Only the child needs it; the command should not have to import it.
        ctypes = import_module("ctypes")
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def bound_data(size: int) -> None:
    """Have Python raise `MemoryError` where this process has more private memory.

    Args:
        size: The bytes. Only Linux counts all private memory, whoever asked for it.
    """
    if sys.platform == "linux" and _is_linux():
        resource = import_module("resource")
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (size, most))


def tells_threads() -> bool:
    """Check whether a thread can be looked at like a process, by its number."""
    return _is_linux()


def dump_signal() -> int | None:
    """Return the signal at which a process can write its stack, whatever it does."""
    number = getattr(signal, "SIGUSR1", None)
    return None if number is None or _is_portable() else int(number)


def apart() -> dict[str, Any]:
    """Return what starts a process apart from the terminal's Ctrl-C, for `Popen`."""
    if sys.platform == "win32":
        return {"creationflags": _NEW_GROUP}
    return {} if _is_portable() else {"start_new_session": True}


def kill_group(process: int) -> None:
    """Kill the group of processes that one has begun which was started apart."""
    if sys.platform != "win32" and not _is_portable():
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)


def _is_linux() -> bool:
    return sys.platform == "linux" and not _is_portable()


def _is_portable() -> bool:
    return bool(os.environ.get(PORTABLE))
