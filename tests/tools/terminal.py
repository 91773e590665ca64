"""Runs a program in a pseudo-terminal, to test its interactive behaviour."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

SECONDS = 20
"""The seconds for an answer; it usually takes a tenth of a second."""


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(
        self, command: Sequence[str], directory: Path, environment: Mapping[str, str]
    ) -> None:
        """Start the program.

        Args:
            command: The program and its arguments.
            directory: The working directory.
            environment: All its environment variables.
        """
        self._printed = b""
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (50, 1000))  # wide enough for all lines
        self._program = subprocess.Popen(
            command,
            cwd=directory,
            env={**environment, "TERM": "dumb"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def type(self, text: str) -> None:
        """Type a text."""
        os.write(self._ours, text.encode())

    def until(self, end: str) -> str:
        """Return the output up to an end mark, without the mark.

        Raises:
            TimeoutError: If the mark is not printed.
        """
        last = time.monotonic() + SECONDS
        while end.encode() not in self._printed:
            wait = last - time.monotonic()
            if wait < 0 or not select.select([self._ours], [], [], wait)[0]:
                raise TimeoutError(f"no {end!r} in {self._printed!r}")
            self._printed += os.read(self._ours, 65536)
        printed, _, self._printed = self._printed.partition(end.encode())
        return printed.decode()

    def __enter__(self) -> Self:
        """Return the program."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program."""
        self._program.kill()
        self._program.wait()
        os.close(self._ours)
