"""Files that somebody names, read up to a bound and without waiting for ever.

A name may be that of a named pipe that no program writes to, of a device that never
ends, or of a file of many gigabytes. So what a name stands for is looked at before it
is opened and again once it is open, nothing is opened in a way that can wait, and no
more is read than the caller asks for.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path

LARGEST_FILE = 16 * 1024 * 1024
"""The most that is read of a file that is not a spec, such as one to be replaced."""

KINDS = {
    stat.S_IFDIR: "a directory",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
"""What is not a regular file, in words."""

FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # else opening a pipe waits for a writer
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
"""How a file is opened to be read."""

_WRITER_SECONDS = 2.0
"""How long a named pipe may have no writer; a shell may start one at the same time."""

_SILENT_SECONDS = 10.0
"""How long the writer of a named pipe may send nothing."""

_PIECE = 1 << 20


_DESCRIPTORS = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


def is_stream(named: str) -> bool:
    """Return whether a name is that of an open stream rather than of a file.

    Args:
        named: What a user gave: `-` is standard input, and the shell writes
            `/dev/fd/63` for `<(command)`.
    """
    return named == "-" or named.startswith(_DESCRIPTORS)


class NotReadable(OSError):
    """Something that is not a file to be read; `strerror` says what it is."""


def read_start(path: str | Path, most: int, *, pipes: bool = False) -> bytes:
    """Read a file that somebody names, as far as a bound.

    Args:
        path: The file; links are followed.
        most: The most bytes that are of use.
        pipes: Whether it may be a pipe. A named pipe has to get a writer within two
            seconds, which may not stop for more than ten. A pipe without a name, as
            `<(command)` makes it, was handed to this process by whoever started it, and
            is read to its end, as standard input is.

    Returns:
        The content. One byte more than `most` shows that there is more.

    Raises:
        OSError: It cannot be read, or is not a file.
        ValueError: The path holds a character that no path can have.
    """
    _check_kind(os.stat(path), pipes)
    handle = os.open(path, FLAGS)
    try:
        status = os.fstat(handle)
        _check_kind(status, pipes)  # it may be another one by now
        if stat.S_ISFIFO(status.st_mode):
            return _read_pipe(handle, most, is_named=not _is_anonymous(status))
        return read_open(handle, most)
    finally:
        os.close(handle)


def read_open(handle: int, most: int) -> bytes:
    """Read an open file, as far as a bound.

    Args:
        handle: The file, a regular one.
        most: The most bytes that are of use.

    Returns:
        The content. One byte more than `most` shows that there is more.

    Raises:
        OSError: It cannot be read.
    """
    content = bytearray()
    while len(content) <= most:
        try:
            piece = os.read(handle, min(_PIECE, most + 1 - len(content)))
        except BlockingIOError as error:  # a file of the system's that waits for news
            raise NotReadable(errno.EAGAIN, "it has no content yet") from error
        if not piece:
            break
        content += piece
    return bytes(content)


def _check_kind(status: os.stat_result, pipes: bool) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFREG or (pipes and kind == stat.S_IFIFO):
        return
    if kind == stat.S_IFDIR:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise NotReadable(errno.EINVAL, f"it is {KINDS.get(kind, 'not a file')}")


def _is_anonymous(status: os.stat_result) -> bool:
    """Return whether a pipe has no name: it is where the system keeps those."""
    ends = os.pipe()
    try:
        return os.fstat(ends[0]).st_dev == status.st_dev
    finally:
        for end in ends:
            os.close(end)


def _read_pipe(handle: int, most: int, *, is_named: bool) -> bytes:
    from select import select

    content = bytearray()
    has_writer = not is_named
    until = time.monotonic() + _WRITER_SECONDS
    while len(content) <= most:
        try:
            piece = os.read(handle, min(_PIECE, most + 1 - len(content)))
        except BlockingIOError as error:
            has_writer = True
            if not select([handle], [], [], _SILENT_SECONDS if is_named else None)[0]:
                why = "its writer has sent nothing for 10 seconds"
                raise NotReadable(
                    errno.ETIMEDOUT, f"it is a named pipe, and {why}"
                ) from error
            continue
        content += piece
        if not piece and has_writer:
            break
        has_writer |= bool(piece)
        if not has_writer:
            if time.monotonic() > until:
                why = "no program writes to it"
                raise NotReadable(errno.ETIMEDOUT, f"it is a named pipe, and {why}")
            time.sleep(0.01)
    return bytes(content)
