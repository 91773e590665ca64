"""Read files up to a size limit, and without blocking forever.

A path from a user may be a named pipe that no program writes to, a device that never
ends, or a file of many gigabytes. So the kind of file is checked before and after it is
opened, opening never blocks, and reading stops at the limit of the caller.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path

LARGEST_FILE = 16 * 1024 * 1024
"""The size limit, in bytes, of a file that is not a spec, such as an output file."""

KINDS = {
    stat.S_IFDIR: "a directory",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
"""The names of file kinds that are not regular files."""

FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # otherwise opening a pipe waits for a writer
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
"""The flags with which files are opened for reading."""

_WRITER_SECONDS = 2.0
"""How long to wait for a writer of a named pipe; a shell may start both at once."""

_SILENT_SECONDS = 10.0
"""How long the writer of a named pipe may send nothing."""

_CHUNK_SIZE = 1 << 20

_DESCRIPTORS = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


def is_stream(name: str) -> bool:
    """Return whether a name is an open stream rather than a file.

    Args:
        name: The argument: `-` is standard input, and a shell replaces `<(command)`
            by `/dev/fd/63`.
    """
    return name == "-" or name.startswith(_DESCRIPTORS)


class NotReadable(OSError):
    """A path that is not a readable file; `strerror` describes it."""


def read_start(path: str | Path, limit: int, *, pipes: bool = False) -> bytes:
    """Read a file up to a size limit.

    Args:
        path: The file; links are followed.
        limit: The size limit in bytes.
        pipes: Whether pipes are allowed. A named pipe must have a writer within two
            seconds, and the writer must not pause for more than ten. An anonymous pipe,
            such as from `<(command)`, is read to its end, like standard input, because
            the caller passed it to this process.

    Returns:
        The content; one byte more than `limit` if the file is larger than the limit.

    Raises:
        OSError: It cannot be read, or is not a file.
        ValueError: The path contains an invalid character.
    """
    _check_kind(os.stat(path), pipes)
    handle = os.open(path, FLAGS)
    try:
        status = os.fstat(handle)
        _check_kind(status, pipes)  # it may have been replaced meanwhile
        if stat.S_ISFIFO(status.st_mode):
            return _read_pipe(handle, limit, is_named=not _is_anonymous(status))
        return read_open(handle, limit)
    finally:
        os.close(handle)


def read_open(handle: int, limit: int) -> bytes:
    """Read an open file up to a size limit.

    Args:
        handle: A regular file.
        limit: The size limit in bytes.

    Returns:
        The content; one byte more than `limit` if the file is larger than the limit.

    Raises:
        OSError: It cannot be read.
    """
    content = bytearray()
    while len(content) <= limit:
        try:
            chunk = os.read(handle, min(_CHUNK_SIZE, limit + 1 - len(content)))
        except BlockingIOError as error:  # a system file that waits for data
            raise NotReadable(errno.EAGAIN, "it has no content yet") from error
        if not chunk:
            break
        content += chunk
    return bytes(content)


def _check_kind(status: os.stat_result, pipes: bool) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFREG or (pipes and kind == stat.S_IFIFO):
        return
    if kind == stat.S_IFDIR:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise NotReadable(errno.EINVAL, f"it is {KINDS.get(kind, 'not a file')}")


def _is_anonymous(status: os.stat_result) -> bool:
    """Return whether a pipe is anonymous: it is on the device of such pipes."""
    ends = os.pipe()
    try:
        return os.fstat(ends[0]).st_dev == status.st_dev
    finally:
        for end in ends:
            os.close(end)


def _read_pipe(handle: int, limit: int, *, is_named: bool) -> bytes:
    from select import select

    content = bytearray()
    has_writer = not is_named
    deadline = time.monotonic() + _WRITER_SECONDS
    while len(content) <= limit:
        try:
            chunk = os.read(handle, min(_CHUNK_SIZE, limit + 1 - len(content)))
        except BlockingIOError as error:
            has_writer = True
            if not select([handle], [], [], _SILENT_SECONDS if is_named else None)[0]:
                reason = (
                    "it is a named pipe whose writer has sent nothing for 10 seconds"
                )
                raise NotReadable(errno.ETIMEDOUT, reason) from error
            continue
        content += chunk
        if not chunk and has_writer:
            break
        has_writer |= bool(chunk)
        if not has_writer:
            if time.monotonic() > deadline:
                reason = "it is a named pipe that no program writes to"
                raise NotReadable(errno.ETIMEDOUT, reason)
            time.sleep(0.01)
    return bytes(content)
