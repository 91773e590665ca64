"""What a process and its descendants compute and occupy, on whatever system."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from scaffold.verify.processes import process_tree
from scaffold.verify.processes.process_tree import ProcessTree, is_alive

SIZE = 100 << 20
TAKE = f"x = b'x' * {SIZE}; print(end='ready', flush=True); input()"


@contextmanager
def running(text: str, words: int = 1) -> Iterator[ProcessTree]:
    """Run code that says when it is ready, and ends with its input.

    Args:
        text: The code.
        words: How many processes say so.
    """
    with subprocess.Popen(
        [sys.executable, "-c", text], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        tree = ProcessTree(process.pid)
        try:
            assert process.stdout is not None
            assert process.stdout.read(5 * words) == b"ready" * words
            yield tree
        finally:
            for each in tree.descendants():
                each.kill()
            process.kill()


def test_memory_of_what_it_has_started() -> None:
    """Another program's memory counts with its own."""
    text = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {TAKE!r}])"
    with running(text) as tree:
        assert SIZE < tree.memory() < 2 * SIZE
        assert tree.takes_more_than(SIZE)
        assert not tree.takes_more_than(2 * SIZE)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks on Windows")
def test_what_forks_share_counts_once() -> None:
    """Three processes that show the same memory do not occupy it three times."""
    with running(
        f"import os; y = b'x' * {SIZE}; os.fork(); os.fork(); {TAKE}", 4
    ) as it:
        # Each has one of its own, and all of them share another.
        assert 5 * SIZE < it.memory() < 6 * SIZE
        assert not it.takes_more_than(6 * SIZE)
        assert it.takes_more_than(5 * SIZE)


def test_where_nobody_tells_what_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """MacOS tells it to some users only: then all counts that a process shows."""

    def refuse(process: psutil.Process) -> None:
        raise psutil.AccessDenied(process.pid)

    text = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {TAKE!r}])"
    with running(text) as tree:
        monkeypatch.setattr(psutil.Process, "memory_full_info", refuse)
        assert SIZE < tree.memory() < 2 * SIZE
        monkeypatch.setattr(psutil.Process, "memory_info", refuse)
        assert tree.memory() == 0


def test_one_whose_parent_has_ended_stays() -> None:
    """A descendant that was seen is one still, whoever has it now."""
    sleep = "import time; print(end='ready', flush=True); time.sleep(1000)"
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {sleep!r}])"
    text = (
        f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {inner!r}])\n"
        "input()"
    )
    with running(text) as tree:
        assert tree.root is not None
        pid = tree.root.pid
        (middle,) = (each for each in tree.descendants() if each.ppid() == pid)
        (last,) = tree.descendants() - {middle}
        middle.kill()
        psutil.wait_procs([middle], timeout=0.5)
        assert tree.descendants() == {last}
        last.kill()
        psutil.wait_procs([last], timeout=0.5)
        assert not is_alive(last) and not tree.descendants()


def test_the_list_is_read_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """To look at a process ten times a second costs little."""
    counted: list[int] = []
    children = psutil.Process.children

    def counting(self: psutil.Process, recursive: bool = False) -> list[psutil.Process]:
        counted.append(self.pid)
        return children(self, recursive)

    monkeypatch.setattr(psutil.Process, "children", counting)
    monkeypatch.setattr(process_tree, "monotonic", lambda: 0.0)
    tree = ProcessTree(os.getpid())
    for _ in range(10):
        tree.processes()
        tree.takes_more_than(1)
    assert len(counted) == 1


def test_no_process() -> None:
    """One that is not there occupies nothing, and has no descendants."""
    for number in (None, 1 << 30):
        tree = ProcessTree(number)
        assert tree.root is None and not tree.processes()
        assert tree.memory() == 0 and not tree.takes_more_than(0)
