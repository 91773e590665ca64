"""How much memory this process has, and may have.

There are two bounds. At one of its own, which not every system has, Python raises
`MemoryError`; and the parent sees from outside what the process and its descendants
occupy.
"""

from __future__ import annotations

from contextlib import suppress

import psutil

from scaffold.verify import platform_features, process_tree


def bound(memory: int) -> None:
    """Let this process take so many bytes more than it has, where that is possible."""
    with suppress(psutil.Error, OSError):
        used = getattr(psutil.Process().memory_info(), "data", None)
        if used is not None:
            platform_features.bound_data(used + memory)


def resident() -> int:
    """Return the bytes of memory that this process occupies, 0 where none can tell."""
    return process_tree.resident(psutil.Process())


def available() -> int | None:
    """Return the bytes of memory that new programs can have, where the system tells."""
    with suppress(psutil.Error, OSError):
        return int(psutil.virtual_memory().available)
    return None
