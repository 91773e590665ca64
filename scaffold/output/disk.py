"""Read what is at an output path, and check whether a file can be written there."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

from scaffold.bounded_read import FLAGS, KINDS, LARGEST_FILE, read_open
from scaffold.output.errors import refusal, reporting

_FLAGS = FLAGS | getattr(os, "O_NOFOLLOW", 0)

_STANDARD_OUTPUT = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


class FileState(NamedTuple):
    """The content and status of an existing file.

    Attributes:
        raw: The content.
        status: The mode and owner.
    """

    raw: bytes
    status: os.stat_result

    @property
    def text(self) -> str:
        """The content as text, with U+FFFD in place of invalid UTF-8."""
        return self.raw.decode("utf-8", "replace")


def read_existing(path: Path, root: Path | None) -> FileState | None:
    """Read the file at a path without following a link.

    Args:
        path: The path.
        root: The directory that the path may not leave, `None` for no limit.

    Returns:
        The file, `None` if it does not exist.

    Raises:
        Refused: The path is a symbolic link (KS602) or not a regular file (KS603),
            cannot be read (KS604), is outside the root (KS605), or is too large
            (KS617).
    """
    with reporting(path):
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
            _check_kind(path, status.st_mode)  # it may have been replaced meanwhile
            raw = read_open(handle, LARGEST_FILE)
    if len(raw) > LARGEST_FILE:
        message = f"the existing file is larger than {LARGEST_FILE:,} bytes"
        advice = "choose another path, or remove the existing file"
        raise refusal("KS617", message, path, advice)
    return FileState(raw, status)


def check_writable(path: Path, seen: FileState | None) -> None:
    """Raise `Refused` (KS604) if writing is known to fail."""
    with reporting(path):
        if seen is not None and not os.access(path, os.W_OK):
            message = "the file cannot be written: it is read-only"
            raise refusal("KS604", message, path, "make it writable or remove it")
        _check_directory(path, path.parent)


def check_directory(directory: Path) -> None:
    """Raise `Refused` (KS604) if files cannot be created in a directory."""
    with reporting(directory):
        _check_directory(directory, directory)


def _check_directory(path: Path, directory: Path) -> None:
    while not os.path.lexists(directory) and directory != directory.parent:
        directory = directory.parent
    if not os.path.isdir(directory):
        message = f"the file cannot be written: `{directory}` is not a directory"
        raise refusal("KS604", message, path, "choose another path")
    if not os.access(directory, os.W_OK | os.X_OK):
        message = f"the file cannot be written: `{directory}` is not writable"
        advice = "change the permissions of the directory, or choose another path"
        raise refusal("KS604", message, path, advice)


def _check_kind(path: Path, mode: int) -> None:
    if stat.S_ISLNK(mode):
        message = f"the file is a symbolic link to `{os.readlink(path)}`"
        advice = "use the path of the file that it points to, or remove the link"
        if str(path) in _STANDARD_OUTPUT:
            advice = "use `-` for standard output"
        raise refusal("KS602", message, path, advice)
    if not stat.S_ISREG(mode):
        kind = KINDS.get(stat.S_IFMT(mode), "not a regular file")
        message = f"the output path is {kind}"
        raise refusal("KS603", message, path, "choose another path, or remove it")


def _check_inside(path: Path, root: Path) -> None:
    """Refuse a path that leaves the root, by `..` or by a link below the root."""
    base = os.path.abspath(root)
    full = os.path.abspath(path)
    if full == base:
        message = "the output path is the output directory, not a file in it"
        raise refusal("KS603", message, path, f"choose a file inside `{root}`")
    if not Path(full).is_relative_to(base):
        message = f"the file is outside the directory `{root}`"
        raise refusal("KS605", message, path, f"choose a file inside `{root}`")
    real = os.path.realpath(base)
    straight = os.path.join(real, os.path.relpath(os.path.dirname(full), base))
    if os.path.realpath(path.parent) != os.path.normpath(straight):
        message = f"a directory in its path, below `{root}`, is a symbolic link"
        advice = "replace the link by a directory, or use the path that it points to"
        raise refusal("KS602", message, path, advice)
