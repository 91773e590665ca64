"""`keras-scaffold new --watch` as a real process, for tests and the benchmark."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

BEGIN = "keras-scaffold: regenerating "
END = "keras-scaffold: waiting for changes"
SECONDS = 120.0
"""A time limit that a busy machine can meet."""

QUIET = 0.8
"""After how many seconds of silence no more output is expected."""


def spec(units: int) -> str:
    """Return a spec that differs for each number of units."""
    return f"params: {{units: {units}}}\ninputs: [4]\nlayers: [Dense(units)]\n"


def wait_for(is_so: Callable[[], bool], seconds: float = SECONDS) -> float:
    """Wait until a condition holds, and return the time that it took.

    Raises:
        TimeoutError: It took too long.
    """
    start = time.perf_counter()
    while not is_so():
        if time.perf_counter() - start > seconds:
            raise TimeoutError
        time.sleep(0.002)
    return time.perf_counter() - start


def _listen() -> None:
    """Undo what `nohup`, or a shell in the background, has signals be."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)


class Watched:
    """The process and its output.

    Attributes:
        process: The process.
        log: What it says on stderr.
    """

    def __init__(self, directory: Path, *args: str) -> None:
        """Start it in a directory, and waits until it has written all it can."""
        self.directory = directory
        self.log = directory / "log.txt"
        command = [sys.executable, "-m", "scaffold", "new", *args, "--watch"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=directory, stderr=log, preexec_fn=_listen
            )
        self.seen = 0
        self.wait()

    def __enter__(self) -> Watched:
        """Return the process."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process in any case."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(SECONDS)

    def rounds(self) -> list[list[str]]:
        """Return the lines of each round that has ended, its markers included."""
        results: list[list[str]] = []
        lines: list[str] = []
        for line in self.log.read_text().splitlines():
            lines.append(line)
            if line == END:
                results.append(lines)
                lines = []
        return results

    def wait(self) -> list[str]:
        """Wait until one more round has ended, and gives what was said in it."""

        def has_ended() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            return len(self.rounds()) > self.seen

        wait_for(has_ended)
        self.seen += 1
        begin, *message, end = self.rounds()[self.seen - 1]
        assert begin.startswith(BEGIN) and end == END
        return [begin.removeprefix(BEGIN), *message]

    def rest(self) -> None:
        """Let all rounds end that have begun, and forgets what was said in them."""
        message = ""
        while True:
            # A change is told within some 0.2 s, on a busy machine within a multiple.
            time.sleep(QUIET)
            before, message = message, self.log.read_text()
            if message == before and message.endswith(f"{END}\n"):
                self.seen = len(self.rounds())
                return

    def end(self, number: int = signal.SIGINT) -> int:
        """End the process by a signal, and gives its exit code."""
        os.kill(self.process.pid, number)
        return self.process.wait(SECONDS)
