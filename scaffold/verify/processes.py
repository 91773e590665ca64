"""The child, all that generated code starts from it, and the end of them.

They are descendants of the child, and have a mark: in their environment, in the name of
the directory that they work in, and in the names of the files that they write to. Code
may begin elsewhere with an empty environment, and leave its parent. On Linux, the child
adopts it; on other systems, its output still goes to the files of the child.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from time import sleep

import psutil

from scaffold.verify import platform_features
from scaffold.verify.process_tree import ProcessTree, is_alive

MARK = "KERAS_SCAFFOLD_RUN"
"""The environment variable that holds the mark of a child."""

_GRACE = 0.1
"""What a process has that may be about to end, in seconds."""

_LOOKS = 20
"""How often the list of processes is read, where others keep on beginning."""

_END_SECONDS = 1.0
"""How long to wait for a process to be gone that was killed."""

_HELPERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
"""Processes that Python starts by itself, and ends with the one that needs them."""


def end_all(tree: ProcessTree, mark: str) -> None:
    """Kill all descendants of a child, whatever has its mark, and its group.

    Args:
        tree: The child and its descendants.
        mark: The mark.
    """
    for _ in range(_LOOKS):
        if not _kill(tree.descendants()):
            break
    begun = _begun(tree.root)
    for _ in range(10):
        if not _kill(_marked(mark, begun, {os.getpid()})):
            break
    if tree.root:
        platform_features.kill_group(tree.root.pid)


def end_strays(mark: str, known: set[int]) -> bool:
    """End what has a mark and is none of ours, and tell whether there was any.

    Args:
        mark: The mark.
        known: The processes of our own.
    """
    if not _strays(mark, known):
        return False
    sleep(_GRACE)
    strays = _strays(mark, known)
    _kill(strays)
    # The adopted ones are nobody else's to wait for.
    psutil.wait_procs(strays, timeout=_END_SECONDS)
    return bool(strays)


def _strays(mark: str, known: set[int]) -> set[psutil.Process]:
    """Find them; look again if a process has begun meanwhile.

    One that has just begun another and ended is read as gone, and the other is not in
    the list yet.
    """
    tree = ProcessTree(os.getpid())
    begun, strays = _begun(tree.root), set[psutil.Process]()
    for _ in range(_LOOKS):
        before = set(psutil.pids())
        strays = {
            process
            for process in _marked(mark, begun, known) | tree.descendants()
            if process.pid not in known and not _is_helper(process)
        }
        if strays or before.issuperset(psutil.pids()):
            break
    return strays


def _kill(processes: Iterable[psutil.Process]) -> bool:
    """Kill processes, and tell whether there were any."""
    any_ = False
    for process in processes:
        any_ = True
        with suppress(psutil.Error, OSError):
            process.kill()
    return any_


def _marked(mark: str, begun: float, known: set[int]) -> set[psutil.Process]:
    """Return all processes that have a mark, where the system shows it.

    Args:
        mark: The mark.
        begun: When the child has begun: none that is older has an output of the child.
        known: Processes that are left out.
    """
    return {
        process
        for process in psutil.process_iter()
        if process.pid not in known and _has_mark(process, mark, begun)
    }


def _has_mark(process: psutil.Process, mark: str, begun: float) -> bool:
    with suppress(psutil.Error, OSError):
        if mark in (process.cwd() or ""):
            return True
    with suppress(psutil.Error, OSError):
        if process.environ().get(MARK) == mark:
            return True
    with suppress(psutil.Error, OSError):
        if process.create_time() >= begun and is_alive(process):
            return any(mark in file.path for file in process.open_files())
    return False


def _begun(process: psutil.Process | None) -> float:
    """Return when a process has begun; the end of time where that is not known."""
    if process is not None:
        with suppress(psutil.Error, OSError):
            return process.create_time()
    return float("inf")


def _is_helper(process: psutil.Process) -> bool:
    # What a server of forks has forked looks like it, and is none.
    with suppress(psutil.Error, OSError):
        return _looks_like_helper(process) and not _looks_like_helper(process.parent())
    return False


def _looks_like_helper(process: psutil.Process | None) -> bool:
    with suppress(psutil.Error, OSError):
        command = " ".join(process.cmdline()) if process else ""
        return any(name in command for name in _HELPERS)
    return False
