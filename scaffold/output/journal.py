"""Record changes to the disk, so that they can be undone."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic
from scaffold.output.disk import FileState
from scaffold.output.errors import describe, file_span
from scaffold.output.temporary import scratch_name

_FLAGS = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)


class Staged(NamedTuple):
    """A temporary file that is ready to be renamed to its target.

    Attributes:
        path: The target.
        temporary: The temporary file with the new content.
        identity: The device and inode of that file, which a rename does not change.
        backup: A hard link to, or a copy of, the file that it replaces, if any.
    """

    path: Path
    temporary: Path
    identity: tuple[int, int] | None
    backup: Path | None


class Journal:
    """Changes to the disk, each recorded before it is made, until they are final."""

    def __init__(self) -> None:
        """Start without changes."""
        self._scratch: list[Path] = []
        self._new_directories: list[Path] = []
        self._swapped: list[Staged] = []

    def stage(self, path: Path, content: bytes, seen: FileState | None) -> Staged:
        """Write content to a temporary file beside its target, and back up the target.

        Args:
            path: The target.
            content: The new content.
            seen: The existing target, `None` if it does not exist.
        """
        self._create_directories(path.parent)
        temporary = self._fill(path.parent, content, seen)
        backup = None if seen is None else self._back_up(path, seen)
        return Staged(path, temporary, _identity(temporary), backup)

    def swap(self, staged: Staged) -> None:
        """Replace the target by the temporary file, atomically."""
        self._swapped.append(staged)
        os.replace(staged.temporary, staged.path)

    def commit(self) -> None:
        """Make all changes final; they cannot be undone afterwards."""
        for directory in {staged.path.parent for staged in self._swapped}:
            _sync(directory)
        for directory in self._new_directories:
            _sync(directory.parent)
        self._swapped.clear()
        self._new_directories.clear()
        self._clear()

    def undo(self) -> tuple[Diagnostic, ...]:
        """Restore the previous state, and report files that cannot be restored."""
        diagnostics: list[Diagnostic] = []
        while self._swapped:
            staged = self._swapped.pop()
            current = _identity(staged.path)
            if current is None or current != staged.identity:
                continue  # it was not renamed, or another program replaced it
            try:
                if staged.backup is None:
                    os.unlink(staged.path)
                else:
                    os.replace(staged.backup, staged.path)
            except OSError as error:
                diagnostics.append(self._keep(staged, error))
        self._clear()
        while self._new_directories:
            with suppress(OSError):
                os.rmdir(self._new_directories.pop())
        return tuple(diagnostics)

    def _create_directories(self, directory: Path) -> None:
        missing: list[Path] = []
        while not os.path.lexists(directory) and directory != directory.parent:
            missing.append(directory)
            directory = directory.parent
        for directory in reversed(missing):
            self._new_directories.append(directory)
            try:
                os.mkdir(directory)
            except FileExistsError:  # another program created it meanwhile
                self._new_directories.remove(directory)

    def _fill(self, directory: Path, content: bytes, like: FileState | None) -> Path:
        """Write a temporary file, with the mode and owner of the file it replaces."""
        path = directory / scratch_name()
        self._scratch.append(path)
        handle = os.open(path, _FLAGS, 0o666 if like is None else 0o600)
        with open(handle, "wb") as file:
            if like is not None and sys.platform != "win32":
                with suppress(PermissionError):  # not every user may change the owner
                    os.fchown(handle, like.status.st_uid, like.status.st_gid)
                os.fchmod(handle, stat.S_IMODE(like.status.st_mode) & 0o777)
            file.write(content)
            file.flush()
            os.fsync(handle)
        return path

    def _back_up(self, path: Path, seen: FileState) -> Path:
        backup = path.parent / scratch_name()
        self._scratch.append(backup)
        try:
            os.link(path, backup)
        except OSError:  # not every file system has hard links
            return self._fill(path.parent, seen.raw, seen)
        return backup

    def _keep(self, staged: Staged, error: OSError) -> Diagnostic:
        message = f"the file was written and cannot be restored: {describe(error)}"
        if staged.backup is None:
            return Diagnostic("KS604", message, file_span(staged.path), "remove it")
        self._scratch.remove(staged.backup)
        advice = f"the previous content is in `{staged.backup}` until the next run"
        return Diagnostic("KS604", message, file_span(staged.path), advice)

    def _clear(self) -> None:
        while self._scratch:
            with suppress(OSError):
                os.unlink(self._scratch[-1])
            self._scratch.pop()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _sync(directory: Path) -> None:
    """Flush a directory to disk, so that renames survive a power failure."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
