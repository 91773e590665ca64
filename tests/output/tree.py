"""Directory trees as dictionaries, generated files, and work done in a child."""

from __future__ import annotations

import ctypes
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from scaffold.output import Plan, Target, plan, seal

Result = TypeVar("Result")
Tree = Mapping[str, str | bytes | None]


def build(root: Path, tree: Tree) -> None:
    """Create files from texts or bytes, and directories from None."""
    for name, content in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.mkdir()
        else:
            raw = content.encode("utf-8") if isinstance(content, str) else content
            path.write_bytes(raw)


def snapshot(root: Path) -> dict[str, str | bytes | None]:
    """Read a whole tree with hidden files; links show their target."""
    results: dict[str, str | bytes | None] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            results[name] = f"-> {os.readlink(path)}"
        elif path.is_dir():
            results[name] = None
        elif path.is_file():
            results[name] = path.read_bytes()
        else:
            results[name] = "special"
    return results


def generated(what: str, size: int = 0) -> str:
    """Return a sealed file, padded to about a size."""
    body = f"WHAT = {what!r}\n" + "# padding\n" * (size // 10)
    return seal(f'"""A model."""\n\n# @digest@\n\n{body}', "Made in a test")


def planned(root: Path, texts: Mapping[str, str], *, force: bool = False) -> Plan:
    """Plan files below a root."""
    targets = [Target(root / name, text) for name, text in texts.items()]
    return plan(targets, root=root, force=force)


def codes(planned: Plan) -> list[str]:
    """Return the codes of a plan's findings."""
    return [diagnostic.code for diagnostic in planned.diagnostics]


def in_child(work: Callable[[], Result]) -> Result:
    """Run a function in a forked child, which may drop rights or mount disks."""
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(source)
            try:
                answer: tuple[bool, object] = (True, work())
            except BaseException:
                answer = (False, traceback.format_exc())
            with open(sink, "wb") as pipe:
                pickle.dump(answer, pipe)
        finally:
            os._exit(0)
    os.close(sink)
    with open(source, "rb") as pipe:
        done, result = pickle.load(pipe)
    os.waitpid(child, 0)
    assert done, result
    return result  # type: ignore[no-any-return]  # pickle knows no types


def in_child_without_rights(directory: Path, work: Callable[[], Result]) -> Result:
    """Run a function in a directory as an unprivileged user."""

    def bound() -> Result:
        os.chdir(directory)
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        return work()

    return in_child(bound)


def small_disk(path: Path) -> bool:
    """Mount a private disk of 64 KiB; return whether that is allowed."""
    if not sys.platform.startswith("linux"):
        return False
    user, group, system = os.geteuid(), os.getegid(), ctypes.CDLL(None)
    if system.unshare(0x00020000 if user == 0 else 0x10020000):  # NEWNS, NEWUSER
        return False
    if user:
        maps = {
            "uid_map": f"0 {user} 1",
            "setgroups": "deny",
            "gid_map": f"0 {group} 1",
        }
        try:
            for name, text in maps.items():
                Path("/proc/self", name).write_text(text)
        except OSError:
            return False
    system.mount(b"none", b"/", None, 0x44000, None)  # REC, PRIVATE
    options = b"size=64k"
    return not system.mount(b"tmpfs", os.fsencode(path), b"tmpfs", 0, options)
