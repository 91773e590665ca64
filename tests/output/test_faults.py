"""Failures at every system call: all files or none, and never a partial file."""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from scaffold.output import Target, plan, write

from .tree import (
    Tree,
    build,
    codes,
    generated,
    in_child,
    in_child_without_rights,
    planned,
    small_disk,
    snapshot,
)

NEW = generated("new")
OLD = generated("old")

CALLS = (
    *("open", "fsync", "replace", "link", "unlink", "mkdir", "rmdir", "lstat"),
    *("fchmod", "fchown", "fstat", "listdir", "close"),
)
BEFORE: Tree = {"old.py": OLD, "edited.py": "mine\n", "sub/same.py": NEW}
TEXTS = dict.fromkeys(["old.py", "a/b/new.py", "edited.py", "sub/same.py"], NEW)
AFTER = {
    **dict.fromkeys(TEXTS, NEW.encode()),
    **dict.fromkeys(["a", "a/b", "sub"], None),
}


@contextmanager
def striking(
    number: int, strike: Callable[[], None], *, late: bool, only: str = ""
) -> Iterator[list[str]]:
    """Make one system call fail, before or after it is made."""
    result: list[str] = []
    struck: list[str] = []

    def wrap(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            result.append(name)
            now = len(result) == number + 1
            if now:
                struck.append(name)
                if not late:
                    strike()
            try:
                return real(*args, **options)
            finally:
                if now:
                    strike()

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in (only,) if only else CALLS:
            patch.setattr(os, name, wrap(name, getattr(os, name)))
        yield struck


def fail() -> None:
    """Fail like a broken disk."""
    raise OSError(5, "Input/output error")


def interrupt() -> None:
    """Fail like Ctrl-C."""
    raise KeyboardInterrupt


def kill() -> None:
    """Kill the process, without cleanup."""
    os.kill(os.getpid(), signal.SIGKILL)


def points(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Return a new tree for each point in time."""
    for number in range(500):
        root = tmp_path / str(number)
        build(root, BEFORE)
        for name in BEFORE:
            os.utime(root / name, ns=(1_000, 2_000))
        yield number, root
    raise AssertionError("there is no end to the calls")


def test_every_call_can_fail(tmp_path: Path) -> None:
    """Whichever system call fails, the disk is unchanged, or all files are new."""
    failed = 0
    for number, root in points(tmp_path):
        was = snapshot(root)
        result = planned(root, TEXTS, force=True)
        assert result.diagnostics == ()
        with striking(number, fail, late=False) as struck:
            results = write(result)
        if not struck:
            break
        now = snapshot(root)
        if struck == ["unlink"]:
            # What could not be removed stays until a later run removes it.
            now = {k: v for k, v in now.items() if ".keras-scaffold-" not in k}
        if results:
            failed += 1
            assert {diagnostic.code for diagnostic in results} == {"KS604"}, (
                number,
                struck,
                results,
            )
            assert now == was, (number, struck)
            times = [(root / name).stat().st_mtime_ns for name in BEFORE]
            assert times == [2_000] * len(BEFORE)
        else:
            assert now == AFTER, (number, struck)
    assert failed > 15


@pytest.mark.parametrize("late", [False, True])
def test_every_call_can_be_interrupted(tmp_path: Path, late: bool) -> None:
    """Ctrl-C at any point leaves the disk as before or all new, and goes on."""
    for number, root in points(tmp_path):
        was = snapshot(root)
        result = planned(root, TEXTS, force=True)
        with striking(number, interrupt, late=late) as struck:
            with suppress(KeyboardInterrupt):
                write(result)
                assert not struck, "the interrupt was swallowed"
        assert snapshot(root) in (was, AFTER), (number, struck)
        if not struck:
            break


@pytest.mark.slow
@pytest.mark.parametrize("late", [False, True])
def test_every_call_can_be_the_last(tmp_path: Path, late: bool) -> None:
    """Killed at any point, each file is old or new; the next run completes the rest."""
    for number, root in points(tmp_path):
        result = planned(root, TEXTS, force=True)
        child = os.fork()
        if child == 0:
            with striking(number, kill, late=late):
                write(result)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        now = snapshot(root)
        for name in ("old.py", "edited.py", "a/b/new.py"):
            assert now.get(name) in (result_of(name), NEW.encode()), (number, name)
        assert write(planned(root, TEXTS, force=True)) == ()
        assert snapshot(root) == AFTER, number
        if not os.WIFSIGNALED(status):
            break


def result_of(name: str) -> bytes | None:
    """Return the first content of a file."""
    text = BEFORE.get(name)
    return text.encode() if isinstance(text, str) else text


def test_killed_at_random(tmp_path: Path) -> None:
    """A large file is complete, whenever its writer is killed."""
    path = tmp_path / "model.py"
    item, two = generated("one", 600_000), generated("two", 900_000)
    whole = (item.encode(), two.encode())
    path.write_text(item)
    chance = random.Random(20)
    left = 0
    for _ in range(30):
        child = os.fork()
        if child == 0:
            while True:
                for text in (two, item):
                    write(plan([Target(path, text)]))
        time.sleep(chance.uniform(0.001, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert path.read_bytes() in whole
        left += len(os.listdir(tmp_path)) - 1
        result = plan([Target(path, item)])
        assert result.diagnostics == write(result) == ()
        assert snapshot(tmp_path) == {"model.py": item.encode()}
    assert left, "no kill came at the right time: the test shows nothing"


def test_left_over_files_of_others(tmp_path: Path) -> None:
    """Only temporary files of dead processes are removed."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    dead = f".keras-scaffold-{child}-0123abcd-0.tmp"
    reborn = f".keras-scaffold-{os.getpid()}-0123abcd-0.tmp"
    running = f".keras-scaffold-{os.getppid()}-0123abcd-0.tmp"
    odd = f".keras-scaffold-{child}-0123abcd-0.tmp.py"
    build(tmp_path, dict.fromkeys([dead, reborn, running, odd, "a.py"], NEW))
    assert write(planned(tmp_path, {"a.py": NEW})) == ()
    assert sorted(snapshot(tmp_path)) == sorted([running, odd, "a.py"])


def test_no_hard_links(tmp_path: Path) -> None:
    """Where a file system has no hard links, old files are copied, and come back."""
    build(tmp_path, BEFORE)
    (tmp_path / "old.py").chmod(0o640)
    was = snapshot(tmp_path)
    texts = {**TEXTS, "new/" + "n" * 300: NEW}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "link", lambda *_: fail())
        assert [
            diagnostic.code
            for diagnostic in write(planned(tmp_path, texts, force=True))
        ] == ["KS604"]
        assert snapshot(tmp_path) == was
        assert (tmp_path / "old.py").stat().st_mode & 0o777 == 0o640
        assert write(planned(tmp_path, TEXTS, force=True)) == ()
    assert snapshot(tmp_path) == AFTER


def test_what_cannot_be_put_back_is_told(tmp_path: Path) -> None:
    """If undoing fails, the old text is kept and the finding says where."""
    build(tmp_path, {"a.py": OLD})
    real = os.replace
    result: list[object] = []

    def replace(source: Path, target: Path) -> None:
        result.append(target)
        if len(result) > 1:
            fail()
        real(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", replace)
        diagnostics = write(planned(tmp_path, {"a.py": NEW, "b.py": NEW}))
    assert [diagnostic.code for diagnostic in diagnostics] == ["KS604", "KS604"]
    assert "cannot be restored" in diagnostics[1].message
    assert (tmp_path / "a.py").read_text() == NEW
    (kept,) = [name for name in os.listdir(tmp_path) if name != "a.py"]
    assert kept in diagnostics[1].help
    assert (tmp_path / kept).read_text() == OLD


def test_a_directory_without_permission(tmp_path: Path) -> None:
    """A directory shut after the plan is a finding, and the others are undone."""
    build(tmp_path, {"open/a.py": OLD, "shut/b.py": OLD})
    for path in [tmp_path, *tmp_path.rglob("*")]:
        path.chmod(0o777)
    if os.geteuid() == 0:
        os.chown(tmp_path / "shut", 65534, 65534)

    def work() -> tuple[list[str], list[tuple[str, str]]]:
        texts = dict.fromkeys(["open/a.py", "open/c.py", "shut/b.py"], NEW)
        result = plan([Target(Path(name), text) for name, text in texts.items()])
        os.chmod("shut", 0o555)
        results = write(result)
        return codes(result), [
            (diagnostic.code, diagnostic.message) for diagnostic in results
        ]

    was = snapshot(tmp_path)
    message = "the file cannot be written: permission is denied"
    assert in_child_without_rights(tmp_path, work) == ([], [("KS604", message)])
    assert snapshot(tmp_path) == was


def test_a_place_where_nobody_can_write(tmp_path: Path) -> None:
    """The system's own directories refuse, and the other files are undone."""
    targets = [Target(tmp_path / "a/b.py", NEW), Target(Path("/proc/m/x.py"), NEW)]
    result = plan(targets)
    results = result.diagnostics or write(result)
    assert [(diagnostic.code, diagnostic.span.path) for diagnostic in results] == [
        ("KS604", "/proc/m/x.py")
    ]
    assert snapshot(tmp_path) == {}


def test_a_full_disk(tmp_path: Path) -> None:
    """A full disk changes nothing, and the message says so."""
    large = generated("large", 100_000)

    def work() -> tuple[bool, bool, list[tuple[str, str]]]:
        mounted = small_disk(tmp_path)
        if not mounted:
            resource.setrlimit(resource.RLIMIT_FSIZE, (64_000, 64_000))
        build(tmp_path, {"a.py": OLD})
        was = snapshot(tmp_path)
        texts = {"a.py": NEW, "b/c.py": NEW, "b/d.py": large}
        results = write(planned(tmp_path, texts))
        same = snapshot(tmp_path) == was
        return (
            mounted,
            same,
            [(diagnostic.code, diagnostic.message) for diagnostic in results],
        )

    mounted, same, results = in_child(work)
    full = "the disk is full" if mounted else "it is larger than the maximum file size"
    assert results == [("KS604", f"the file cannot be written: {full}")]
    assert same


def test_a_file_size_limit(tmp_path: Path) -> None:
    """A file size limit is handled like a full disk."""
    build(tmp_path, {"a.py": OLD})
    was = snapshot(tmp_path)

    def work() -> list[tuple[str, str]]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        result = planned(tmp_path, {"a.py": generated("large", 200_000)})
        return [(diagnostic.code, diagnostic.message) for diagnostic in write(result)]

    message = "the file cannot be written: it is larger than the maximum file size"
    assert in_child(work) == [("KS604", message)]
    assert snapshot(tmp_path) == was
