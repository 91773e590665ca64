"""What is on the disk where a file is to be, and whether it may be there."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

from scaffold.bounded_read import FLAGS, KINDS, LARGEST_FILE, read_open
from scaffold.output.errors import blaming, refusal

_FLAGS = FLAGS | getattr(os, "O_NOFOLLOW", 0)

_STANDARD_OUTPUT = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


class FileState(NamedTuple):
    """A file as it was found.

    Attributes:
        raw: Its content.
        status: Its mode and owner.
    """

    raw: bytes
    status: os.stat_result

    @property
    def text(self) -> str:
        """The content as text, with U+FFFD for what is not UTF-8."""
        return self.raw.decode("utf-8", "replace")


def look(path: Path, root: Path | None) -> FileState | None:
    """Read the file at a path, following no link.

    Args:
        path: Where to look.
        root: The directory that the path may not leave, if there is one.

    Returns:
        The file, or None where there is none.

    Raises:
        Refused: If it is a symbolic link (KS602) or no regular file (KS603), if it
            cannot be read (KS604), is outside of the root (KS605) or too large (KS617).
    """
    with blaming(path):
        if root is not None:
            _check_inside(path, root)
        try:
            status = os.lstat(path)
        except FileNotFoundError:
            return None
        _check_kind(path, status.st_mode)
        handle = os.open(path, _FLAGS)
        with open(handle, "rb"):
            status = os.fstat(handle)
            _check_kind(path, status.st_mode)  # it may be another one by now
            raw = read_open(handle, LARGEST_FILE)
    if len(raw) > LARGEST_FILE:
        message = f"there is a file of more than {LARGEST_FILE:,} bytes in its place"
        advice = "name another file, or remove the one that is there"
        raise refusal("KS617", message, path, advice)
    return FileState(raw, status)


def check_writable(path: Path, seen: FileState | None) -> None:
    """Refuse (KS604) what can be known to fail before anything is tried."""
    with blaming(path):
        if seen is not None and not os.access(path, os.W_OK):
            message = "the file cannot be written: it is read-only"
            raise refusal("KS604", message, path, "make it writable, or remove it")
        _check_directory(path, path.parent)


def check_place(directory: Path) -> None:
    """Refuse (KS604) a directory for many files that cannot have any."""
    with blaming(directory):
        _check_directory(directory, directory)


def _check_directory(path: Path, directory: Path) -> None:
    while not os.path.lexists(directory) and directory != directory.parent:
        directory = directory.parent
    if not os.path.isdir(directory):
        message = f"the file cannot be written: `{directory}` is not a directory"
        raise refusal("KS604", message, path, "name another place")
    if not os.access(directory, os.W_OK | os.X_OK):
        message = f"the file cannot be written: `{directory}` lets no files be made"
        advice = "give yourself permission to write there, or name another place"
        raise refusal("KS604", message, path, advice)


def _check_kind(path: Path, mode: int) -> None:
    if stat.S_ISLNK(mode):
        message = f"the file is a symbolic link to `{os.readlink(path)}`"
        advice = "name the file that it leads to, or remove the link"
        if str(path) in _STANDARD_OUTPUT:
            advice = "`-` names standard output"
        raise refusal("KS602", message, path, advice)
    if not stat.S_ISREG(mode):
        kind = KINDS.get(stat.S_IFMT(mode), "something else")
        message = f"there is {kind} where the file is to be"
        raise refusal("KS603", message, path, "name another file, or remove it")


def _check_inside(path: Path, root: Path) -> None:
    """Refuse a path that leaves the root, in letters or by a link below it."""
    base = os.path.abspath(root)
    full = os.path.abspath(path)
    if full == base:
        message = "the path is the directory to write to, not a file in it"
        raise refusal("KS603", message, path, f"name a file inside of `{root}`")
    if not Path(full).is_relative_to(base):
        message = f"the file is outside of the directory `{root}`"
        raise refusal("KS605", message, path, f"name a file inside of `{root}`")
    real = os.path.realpath(base)
    straight = os.path.join(real, os.path.relpath(os.path.dirname(full), base))
    if os.path.realpath(path.parent) != os.path.normpath(straight):
        message = f"a directory of its path, below `{root}`, is a symbolic link"
        advice = "Put a real directory there, or name the one that the link leads to"
        raise refusal("KS602", message, path, advice)
