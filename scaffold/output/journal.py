"""What a run has done to the disk, so that it can be undone."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic
from scaffold.output.disk import FileState
from scaffold.output.errors import place, words
from scaffold.output.temporary import scratch_name

_FLAGS = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)


class Staged(NamedTuple):
    """A file that is ready to take its place.

    Attributes:
        path: The place.
        fresh: The temporary file with the new content.
        identity: What tells that file from any other, under whatever name.
        backup: A second name, or a copy, of the file that it replaces, if any.
    """

    path: Path
    fresh: Path
    identity: tuple[int, int] | None
    backup: Path | None


class Journal:
    """Changes to the disk, each noted before it is made, until they are for good."""

    def __init__(self) -> None:
        """Start with nothing done."""
        self._scratch: list[Path] = []
        self._made: list[Path] = []
        self._swapped: list[Staged] = []

    def stage(self, path: Path, content: bytes, seen: FileState | None) -> Staged:
        """Put a content beside its place, and what is there now in safety."""
        self._make(path.parent)
        fresh = self._fill(path.parent, content, seen)
        backup = None if seen is None else self._back_up(path, seen)
        return Staged(path, fresh, _identity(fresh), backup)

    def swap(self, staged: Staged) -> None:
        """Put a file that is ready in its place, at one stroke."""
        self._swapped.append(staged)
        os.replace(staged.fresh, staged.path)

    def commit(self) -> None:
        """Make all changes last: from here on there is no way back."""
        for directory in {staged.path.parent for staged in self._swapped}:
            _sync(directory)
        for directory in self._made:
            _sync(directory.parent)
        self._swapped.clear()
        self._made.clear()
        self._clear()

    def undo(self) -> tuple[Diagnostic, ...]:
        """Bring the disk back, and return what could not be."""
        diagnostics: list[Diagnostic] = []
        while self._swapped:
            staged = self._swapped.pop()
            now = _identity(staged.path)
            if now is None or now != staged.identity:
                continue  # it was not put there, or somebody has changed it since
            try:
                if staged.backup is None:
                    os.unlink(staged.path)
                else:
                    os.replace(staged.backup, staged.path)
            except OSError as error:
                diagnostics.append(self._keep(staged, error))
        self._clear()
        while self._made:
            with suppress(OSError):
                os.rmdir(self._made.pop())
        return tuple(diagnostics)

    def _make(self, directory: Path) -> None:
        missing: list[Path] = []
        while not os.path.lexists(directory) and directory != directory.parent:
            missing.append(directory)
            directory = directory.parent
        for directory in reversed(missing):
            self._made.append(directory)
            try:
                os.mkdir(directory)
            except FileExistsError:  # another program was faster
                self._made.remove(directory)

    def _fill(self, directory: Path, content: bytes, like: FileState | None) -> Path:
        """Write a temporary file; one that replaces another has its mode and owner."""
        path = directory / scratch_name()
        self._scratch.append(path)
        handle = os.open(path, _FLAGS, 0o666 if like is None else 0o600)
        with open(handle, "wb") as file:
            if like is not None and sys.platform != "win32":
                with suppress(PermissionError):  # only some may give files away
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
        message = f"the file was written and could not be put back: {words(error)}"
        if staged.backup is None:
            return Diagnostic("KS604", message, place(staged.path), "Remove it")
        self._scratch.remove(staged.backup)
        advice = f"The text before is in `{staged.backup}` until the next run"
        return Diagnostic("KS604", message, place(staged.path), advice)

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
    """Ask that new names outlive a power cut; where that fails, old ones do."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
