"""The memory that this process uses, and may use.

There are two limits. On Linux, Python raises `MemoryError` at the first; the parent
enforces the second, from the memory that the process and its descendants occupy.
"""

from __future__ import annotations

from contextlib import suppress

import psutil

from scaffold.verify.processes import platform_features, process_tree


def bound(memory: int) -> None:
    """Limit this process to so many bytes more than it uses, if the system can."""
    with suppress(psutil.Error, OSError):
        used = getattr(psutil.Process().memory_info(), "data", None)
        if used is not None:
            platform_features.bound_data(used + memory)


def resident() -> int:
    """Return the bytes of memory that this process occupies, 0 if unknown."""
    return process_tree.resident(psutil.Process())


def available() -> int | None:
    """Return the bytes of memory available to new programs, `None` if unknown."""
    with suppress(psutil.Error, OSError):
        return int(psutil.virtual_memory().available)
    return None
