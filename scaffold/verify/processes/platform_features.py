"""Process features of some systems only; all others come from psutil.

Each function uses one such feature if the system has it, or returns whether it has. The
variable `KERAS_SCAFFOLD_PORTABLE` turns them off, so that tests on Linux run the code
for macOS and Windows.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

PORTABLE = "KERAS_SCAFFOLD_PORTABLE"
"""The environment variable that turns off the features of some systems only."""

_SUBREAPER = 36
"""Linux: PR_SET_CHILD_SUBREAPER."""

_NEW_GROUP = 0x200
"""Windows: CREATE_NEW_PROCESS_GROUP."""


def adopt_orphans() -> None:
    """On Linux, make this process the parent of descendants whose parent has ended."""
    if _is_linux():
        # Only the child needs it, so the command does not import it.
        ctypes = import_module("ctypes")
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def bound_data(size: int) -> None:
    """Have Python raise `MemoryError` if this process needs more private memory.

    Args:
        size: The bytes. Only Linux counts all private memory, however allocated.
    """
    if sys.platform == "linux" and _is_linux():
        resource = import_module("resource")
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (size, most))


def tells_threads() -> bool:
    """Return whether psutil can read the state of a thread like that of a process."""
    return _is_linux()


def dump_signal() -> int | None:
    """Return the signal that makes a process write its stack, or `None`."""
    number = getattr(signal, "SIGUSR1", None)
    return None if number is None or _is_portable() else int(number)


def apart() -> dict[str, Any]:
    """Return arguments of `Popen` that protect the process from Ctrl-C."""
    if sys.platform == "win32":
        return {"creationflags": _NEW_GROUP}
    return {} if _is_portable() else {"start_new_session": True}


def kill_group(process: int) -> None:
    """Kill the process group of a process that was started with `apart`."""
    if sys.platform != "win32" and not _is_portable():
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)


def _is_linux() -> bool:
    return sys.platform == "linux" and not _is_portable()


def _is_portable() -> bool:
    return bool(os.environ.get(PORTABLE))
