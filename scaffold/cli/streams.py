"""Standard input, output and error as a command may find them: closed, full, ASCII.

What a command prints on standard output is its product: where that cannot be written,
the command fails. What it says on standard error is for people: where that cannot be
written, it is lost, and the command goes on, so that its exit code still tells what
came of it. The same holds on both for a reader who has seen enough, as `head` has.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from codecs import lookup
from contextlib import suppress
from typing import TextIO

OUTPUT = "standard output"
"""What an error that comes of writing to it has for its `filename`."""

_MODES = (os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)
"""How the null device takes the place of a closed stream, by the stream's number.

Nothing can be read from what is open for writing only. So to read from a closed
standard input, or to write to a closed standard output, is an error when it is tried.
"""


class _Stream(io.TextIOWrapper):
    """Standard output or error; what it cannot write is an error, or is lost.

    Attributes:
        has_reader: Whether somebody may still read what is written.
    """

    has_reader = True

    def write(self, text: str) -> int:
        """Write a text."""
        try:
            return super().write(text)
        except OSError as error:
            self.fail(error)
            return len(text)

    def flush(self) -> None:
        """Write what is kept back."""
        try:
            super().flush()
        except OSError as error:
            self.fail(error)

    def fail(self, error: OSError) -> None:
        """Lose what cannot be written, and what will be written from now on.

        Raises:
            OSError: It was for standard output, which its `filename` says.
        """
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
        if error.errno == errno.EPIPE:
            self.has_reader = False
        elif self.fileno() == 1:
            raise OSError(error.errno, error.strerror, OUTPUT) from error


def write_output(data: bytes) -> None:
    """Write bytes to standard output, whatever its encoding."""
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        if not isinstance(sys.stdout, _Stream):
            raise
        sys.stdout.fail(error)


def settle_streams() -> None:
    """Give a command the streams that it needs, whatever it was started with."""
    for number, flags in enumerate(_MODES):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is taken: this one. Otherwise a file that is
            # opened later would have it, and get what is printed.
            os.open(os.devnull, flags)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)
    sys.stdout = _settled(sys.stdout, 1)
    sys.stderr = _settled(sys.stderr, 2)


def _settled(stream: TextIO | None, number: int) -> _Stream:
    is_by_line, encoding = False, "utf-8"
    if isinstance(stream, io.TextIOWrapper):
        # For one that is ASCII, Click would take a stream of its own, in UTF-8.
        if lookup(stream.encoding).name != "ascii":
            encoding = stream.encoding
        is_by_line = stream.line_buffering
        buffer = stream.detach()
    else:
        buffer = open(number, "wb", closefd=False)
    # What an encoding does not have is shown as an escape.
    return _Stream(buffer, encoding, "backslashreplace", line_buffering=is_by_line)
