"""Findings about files that cannot be written."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scaffold.diagnostics import Diagnostic, Refused, Span

_REASONS = {
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EROFS: "its file system is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "it is larger than the maximum file size",
    errno.ENAMETOOLONG: "its name or path is too long",
    errno.ENOTDIR: "a component of its path is a file, not a directory",
    errno.EISDIR: "it is a directory",
    errno.ELOOP: "its path contains a cycle of symbolic links",
    errno.ENOENT: "its directory was removed, or files cannot be created in it",
}

_HELPS = {
    errno.EACCES: "change the permissions, or choose another path",
    errno.EPERM: "change the permissions, or choose another path",
    errno.ENOSPC: "free some disk space, or choose another path",
    errno.EDQUOT: "free some disk space, or choose another path",
}


def file_span(path: Path) -> Span:
    """Return the span of a whole file, with a path that can be printed."""
    return Span(str(path).encode("utf-8", "backslashreplace").decode("utf-8"))


def refusal(code: str, message: str, path: Path, advice: str = "") -> Refused:
    """Create the exception that carries one finding about a file."""
    return Refused(Diagnostic(code, message, file_span(path), advice))


def describe(error: OSError | ValueError) -> str:
    """Describe an error of the operating system."""
    if isinstance(error, ValueError):
        return "its path contains an invalid character"
    text = _REASONS.get(error.errno or 0)
    return text or (error.strerror or "unknown error").lower()


@contextmanager
def reporting(path: Path) -> Iterator[None]:
    """Turn an error of the operating system into a finding about one file."""
    try:
        yield
    except (OSError, ValueError) as error:
        code = error.errno if isinstance(error, OSError) else None
        message = f"the file cannot be written: {describe(error)}"
        advice = _HELPS.get(code or 0, "choose another path")
        raise refusal("KS604", message, path, advice) from error
