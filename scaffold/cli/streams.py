"""Standard input, output and error when they are closed, full, or ASCII.

Standard output is the result of a command: if it cannot be written, the command fails.
Standard error is for people: if it cannot be written, the text is lost and the command
continues, so that its exit code still tells the result. If the reader of either stream
closes it, as `head` does, the command continues too.
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
"""The `filename` of an `OSError` from writing to standard output."""

_MODES = (os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)
"""The modes in which the null device replaces closed streams, by descriptor.

Standard input is opened for writing only and standard output for reading only, so that
using a closed one is an error.
"""


class _Stream(io.TextIOWrapper):
    """Standard output or error; a failed write raises an error or loses the text.

    Attributes:
        has_reader: Whether the other end is open, as far as is known.
    """

    has_reader = True

    def write(self, text: str) -> int:
        """Write text."""
        try:
            return super().write(text)
        except OSError as error:
            self.fail(error)
            return len(text)

    def flush(self) -> None:
        """Write the buffered text."""
        try:
            super().flush()
        except OSError as error:
            self.fail(error)

    def fail(self, error: OSError) -> None:
        """Discard the text that cannot be written, and all text from now on.

        Raises:
            OSError: The stream is standard output; `filename` is `OUTPUT`.
        """
        with suppress(OSError):
            null_device = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null_device, self.fileno())
            os.close(null_device)
        if error.errno == errno.EPIPE:
            self.has_reader = False
        elif self.fileno() == 1:
            raise OSError(error.errno, error.strerror, OUTPUT) from error


def write_output(data: bytes) -> None:
    """Write bytes to standard output, independent of its encoding."""
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        if not isinstance(sys.stdout, _Stream):
            raise
        sys.stdout.fail(error)


def prepare_streams() -> None:
    """Make standard input, output and error usable, even if they were closed."""
    for number, flags in enumerate(_MODES):
        try:
            os.fstat(number)
        except OSError:
            # This uses the lowest free descriptor, which is `number`. Otherwise a file
            # opened later would get it, and printed text would go to that file.
            os.open(os.devnull, flags)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)
    sys.stdout = _wrapped(sys.stdout, 1)
    sys.stderr = _wrapped(sys.stderr, 2)


def _wrapped(stream: TextIO | None, number: int) -> _Stream:
    is_line_buffered, encoding = False, "utf-8"
    if isinstance(stream, io.TextIOWrapper):
        # Click would replace an ASCII stream by its own UTF-8 stream.
        if lookup(stream.encoding).name != "ascii":
            encoding = stream.encoding
        is_line_buffered = stream.line_buffering
        buffer = stream.detach()
    else:
        buffer = open(number, "wb", closefd=False)
    # Characters that the encoding lacks are written as escapes.
    return _Stream(
        buffer, encoding, "backslashreplace", line_buffering=is_line_buffered
    )
