"""The child, all that generated code starts from it, and the end of them.

They share a process group, and a mark in their environment and in the name of the
directory that they work in. Code may leave the group and begin with an empty
environment elsewhere: on Linux it still is a descendant of the child, which adopts the
children of those that have ended.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from shutil import rmtree
from threading import Thread
from time import sleep

MARK = "KERAS_SCAFFOLD_RUN"
"""The environment variable that holds the mark of a child."""

_GRACE = 0.1
"""What a process has that may be about to end, in seconds."""

_LOOKS = 20
"""How often the list of processes is read, where others keep on beginning."""

_HELPERS = (b"multiprocessing.resource_tracker", b"multiprocessing.forkserver")
"""Processes that Python starts by itself, and ends with the one that needs them."""


_ADOPT = 36
"""Linux: PR_SET_CHILD_SUBREAPER."""


def adopt() -> None:
    """Has the system give this process the descendants whose parents have ended."""
    if sys.platform == "linux":
        # Only the child needs it; the command should not have to import it.
        ctypes = import_module("ctypes")
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)


def end_all(child: int, mark: str) -> None:
    """Kills all descendants of a child, whatever has its mark, and its group."""
    for _ in range(_LOOKS):
        if not _kill(_descendants(child)):
            break
    _end_marked(mark)
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)


def _end_marked(mark: str) -> None:
    for _ in range(10):
        if not _kill(set(_marked(mark)) - {os.getpid()}):
            break


def end_strays(mark: str, known: set[int]) -> bool:
    """Ends what has a mark and is none of ours, and tells whether there was any.

    Args:
        mark: The mark.
        known: The processes of our own.
    """
    if not _strays(mark, known):
        return False
    sleep(_GRACE)
    strays = _strays(mark, known)
    _kill(strays)
    for stray in strays:
        # The adopted ones are nobody else's to wait for.
        with suppress(OSError):
            os.waitpid(stray, 0)
    return bool(strays)


def _strays(mark: str, known: set[int]) -> set[int]:
    """Finds them; it looks again if a process has begun meanwhile.

    One that has just begun another and ended is read as gone, and the other is not in
    the list yet.
    """
    found: set[int] = set()
    for _ in range(_LOOKS):
        before = set(_processes())
        found = {*_marked(mark), *_descendants(os.getpid())}
        found = {one for one in found if one not in known and not _is_helper(one)}
        if found or before.issuperset(_processes()):
            break
    return found


def _kill(processes: set[int]) -> bool:
    """Kills processes, and tells whether there were any."""
    for process in processes:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(process, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    return bool(processes)


def _marked(mark: str) -> Iterator[int]:
    """Gives all processes that have a mark, where the system shows it."""
    wanted = f"{MARK}={mark}".encode()
    for process in _processes():
        with suppress(OSError):
            if mark in os.readlink(f"/proc/{process}/cwd"):
                yield process
                continue
            with open(f"/proc/{process}/environ", "rb") as file:
                if wanted in file.read().split(b"\0"):
                    yield process


def _descendants(ancestor: int) -> set[int]:
    """Return the processes that a process has started, and those that they have."""
    children: dict[int, list[int]] = {}
    for file in Path("/proc").glob("[0-9]*"):
        process = int(file.name)
        parent = _parent(process)
        if parent:
            children.setdefault(parent, []).append(process)
    found: set[int] = set()
    left = [ancestor]
    while left:
        new = set(children.get(left.pop(), ())) - found
        found |= new
        left += new
    return found


def _parent(process: int) -> int:
    """Return the parent of a process; 0 where it has ended."""
    with suppress(OSError, ValueError, IndexError):
        text = Path(f"/proc/{process}/stat").read_bytes()
        # The name, in parentheses, may hold anything.
        state, parent = text.rpartition(b")")[2].split()[:2]
        return 0 if state in (b"Z", b"X") else int(parent)
    return 0


def _processes() -> list[int]:
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdecimal()]
    except OSError:
        return []


def _is_helper(process: int) -> bool:
    # What a server of forks has forked looks like it, and is none.
    return _looks_like_helper(process) and not _looks_like_helper(_parent(process))


def _looks_like_helper(process: int) -> bool:
    with suppress(OSError), open(f"/proc/{process}/cmdline", "rb") as file:
        command = file.read()
        return any(name in command for name in _HELPERS)
    return False


def guard(lifeline: int, mark: str, directory: Path) -> int:
    """Sees to it that this process does not outlive its parent.

    A process of its own waits for the end of a pipe whose other end the parent has, and
    then ends everything: a thread could not, while code in C keeps Python to itself.

    Args:
        lifeline: The pipe. Whoever calls has no more use for it.
        mark: The mark of this process.
        directory: Where it works, removed in the end.

    Returns:
        The guard's process; 0 where it has to be a thread.
    """
    if not hasattr(os, "fork"):
        Thread(
            target=_wait, args=(lifeline, mark, directory, os.getpid()), daemon=True
        ).start()
        return 0
    child, (told, tell) = os.getpid(), os.pipe()
    first = os.fork()
    if first == 0:
        # A child's child: code that waits for its own children will not find it.
        second = os.fork()
        if second:
            os.write(tell, str(second).encode())
            os._exit(0)
        os.closerange(0, lifeline)
        os.closerange(lifeline + 1, 256)
        _wait(lifeline, mark, directory, child)
    os.waitpid(first, 0)
    number = int(os.read(told, 32))
    for end in (told, tell, lifeline):
        os.close(end)
    return number


def _wait(lifeline: int, mark: str, directory: Path, child: int) -> None:
    """Waits for the end of the pipe, and ends everything."""
    with suppress(OSError):
        while os.read(lifeline, 1 << 16):
            pass
    _end_marked(mark)
    rmtree(directory, ignore_errors=True)
    with suppress(OSError):
        directory.parent.rmdir()
    end_all(child, mark)
    os._exit(1)
