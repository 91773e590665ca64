"""A program in a terminal of its own, for what it does only there."""

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
"""How long an answer may take; a tenth of a second is usual."""


class Terminal:
    """A program that believes to be used by a person."""

    def __init__(
        self, command: Sequence[str], directory: Path, environment: Mapping[str, str]
    ) -> None:
        """Starts it.

        Args:
            command: The program and its arguments.
            directory: Where it works.
            environment: Its environment variables, all of them.
        """
        self._printed = b""
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (50, 1000))  # so wide that no line is broken
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
        """Types a text."""
        os.write(self._ours, text.encode())

    def until(self, end: str) -> str:
        """Gives what is printed, up to and without an end.

        Raises:
            TimeoutError: The end does not come.
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
        """Gives itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends the program."""
        self._program.kill()
        self._program.wait()
        os.close(self._ours)
