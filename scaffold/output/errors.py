"""What can be wrong with a file to be written, in plain words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scaffold.diagnostics import Diagnostic, Refused, Span

_WORDS = {
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EROFS: "its file system is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "it is larger than a file may be here",
    errno.ENAMETOOLONG: "its name or path is too long",
    errno.ENOTDIR: "a part of its path is a file, not a directory",
    errno.EISDIR: "it is a directory",
    errno.ELOOP: "its path goes round in a circle of symbolic links",
    errno.ENOENT: "its directory is gone, or lets no files be made",
}

_HELPS = {
    errno.EACCES: "give yourself permission, or name another place",
    errno.EPERM: "give yourself permission, or name another place",
    errno.ENOSPC: "make room on the disk, or name another place",
    errno.EDQUOT: "make room on the disk, or name another place",
}


def place(path: Path) -> Span:
    """Return the place of a whole file, in characters that can be put out."""
    return Span(str(path).encode("utf-8", "backslashreplace").decode("utf-8"))


def refusal(code: str, message: str, path: Path, advice: str = "") -> Refused:
    """Make the exception that carries one finding about a file."""
    return Refused(Diagnostic(code, message, place(path), advice))


def words(error: OSError | ValueError) -> str:
    """Describe why an operating system refuses."""
    if isinstance(error, ValueError):
        return "its path holds a character that no path can have"
    text = _WORDS.get(error.errno or 0)
    return text or (error.strerror or "the system refuses").lower()


@contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Turn an error of the operating system into a finding about one file."""
    try:
        yield
    except (OSError, ValueError) as error:
        code = error.errno if isinstance(error, OSError) else None
        message = f"the file cannot be written: {words(error)}"
        advice = _HELPS.get(code or 0, "name another place")
        raise refusal("KS604", message, path, advice) from error
