"""Finds and ends the processes that generated code starts.

They are descendants of the child, and have a mark: in their environment, in the name of
their working directory, and in the names of their output files. Code can start a
process in another directory with an empty environment, and detach it. On Linux, the
child adopts that process; on other systems, its output still goes to the child's files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from time import sleep

import psutil

from scaffold.verify.processes import platform_features
from scaffold.verify.processes.process_tree import ProcessTree, is_alive

MARK = "KERAS_SCAFFOLD_RUN"
"""The environment variable that holds the mark of a child."""

_GRACE_SECONDS = 0.1
"""Seconds for a process that may be about to end."""

_ATTEMPTS = 20
"""How often the list of processes is read while new processes keep starting."""

_END_SECONDS = 1.0
"""Seconds to wait for the end of a killed process."""

_HELPERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
"""Processes that Python starts, and ends together with the one that needs them."""


def end_all(tree: ProcessTree, mark: str) -> None:
    """Kill all descendants of a child, all processes with its mark, and its group.

    Args:
        tree: The child and its descendants.
        mark: The mark.
    """
    for _ in range(_ATTEMPTS):
        if not _kill(tree.descendants()):
            break
    started = _start_time(tree.root)
    for _ in range(10):
        if not _kill(_marked(mark, started, {os.getpid()})):
            break
    if tree.root:
        platform_features.kill_group(tree.root.pid)


def end_strays(mark: str, known: set[int]) -> bool:
    """End the descendants and the marked processes that a candidate left running.

    Args:
        mark: The mark.
        known: The ids of processes to leave alone.

    Returns:
        Whether there was such a process.
    """
    if not _strays(mark, known):
        return False
    sleep(_GRACE_SECONDS)
    strays = _strays(mark, known)
    _kill(strays)
    # This process adopted them, so it has to wait for their end.
    psutil.wait_procs(strays, timeout=_END_SECONDS)
    return bool(strays)


def _strays(mark: str, known: set[int]) -> set[psutil.Process]:
    """Return the stray processes; read the list again if a process started meanwhile.

    A process may start another one and end: then it is no longer in the list, and the
    other one is not in it yet.
    """
    tree = ProcessTree(os.getpid())
    started, strays = _start_time(tree.root), set[psutil.Process]()
    for _ in range(_ATTEMPTS):
        before = set(psutil.pids())
        strays = {
            process
            for process in _marked(mark, started, known) | tree.descendants()
            if process.pid not in known and not _is_helper(process)
        }
        if strays or before.issuperset(psutil.pids()):
            break
    return strays


def _kill(processes: Iterable[psutil.Process]) -> bool:
    """Kill processes, and return whether there were any."""
    has_any = False
    for process in processes:
        has_any = True
        with suppress(psutil.Error, OSError):
            process.kill()
    return has_any


def _marked(mark: str, started: float, known: set[int]) -> set[psutil.Process]:
    """Return all processes with a mark, if the system shows it.

    Args:
        mark: The mark.
        started: The start time of the child; older processes do not write to its files.
        known: The ids of processes to leave out.
    """
    return {
        process
        for process in psutil.process_iter()
        if process.pid not in known and _has_mark(process, mark, started)
    }


def _has_mark(process: psutil.Process, mark: str, started: float) -> bool:
    with suppress(psutil.Error, OSError):
        if mark in (process.cwd() or ""):
            return True
    with suppress(psutil.Error, OSError):
        if process.environ().get(MARK) == mark:
            return True
    with suppress(psutil.Error, OSError):
        if process.create_time() >= started and is_alive(process):
            return any(mark in file.path for file in process.open_files())
    return False


def _start_time(process: psutil.Process | None) -> float:
    """Return the start time of a process; infinity if unknown."""
    if process is not None:
        with suppress(psutil.Error, OSError):
            return process.create_time()
    return float("inf")


def _is_helper(process: psutil.Process) -> bool:
    # A process that a fork server forked has its command line, but is no helper.
    with suppress(psutil.Error, OSError):
        return _looks_like_helper(process) and not _looks_like_helper(process.parent())
    return False


def _looks_like_helper(process: psutil.Process | None) -> bool:
    with suppress(psutil.Error, OSError):
        command = " ".join(process.cmdline()) if process else ""
        return any(name in command for name in _HELPERS)
    return False
