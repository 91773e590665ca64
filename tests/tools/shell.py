"""A shell in which pages run the commands that they show."""

from __future__ import annotations

import os
import pty
import signal
import stat
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE

ROOT = Path(__file__).parents[2]

_PYTHON = f'#!/bin/sh\nexec "{sys.executable}"'
_PROGRAMS = {
    "python": f'{_PYTHON} "$@"\n',
    "keras-scaffold": f'{_PYTHON} -m scaffold "$@"\n',
}


class Shell:
    """A shell with the commands `keras-scaffold` and `python`.

    Attributes:
        work: The working directory of the commands.
    """

    def __init__(self, directory: Path, modules: Iterable[Path] = ()) -> None:
        """Create the commands.

        Args:
            directory: An empty directory, for the commands and their files.
            modules: Where Python finds modules before it looks elsewhere.
        """
        self.work = directory / "work"
        self.work.mkdir()
        programs = directory / "bin"
        programs.mkdir()
        for name, text in _PROGRAMS.items():
            path = programs / name
            path.write_text(text)
            path.chmod(path.stat().st_mode | stat.S_IEXEC)
        self._environment = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(map(str, (*modules, ROOT))),
            "TF_CPP_MIN_LOG_LEVEL": "2",
            "CUDA_VISIBLE_DEVICES": "-1",
        }

    def run(self, command: str) -> tuple[str, int]:
        """Run a command, and return its output with its errors, and its exit code.

        A command with `--watch` is interrupted as soon as it waits for changes.
        """
        watches = " --watch" in command
        process = self._start(f"exec {command}" if watches else command, PIPE)
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line.decode())
            if watches and lines[-1].endswith("waiting for changes\n"):
                process.send_signal(signal.SIGINT)
                break
        process.communicate()
        return "".join(lines), process.returncode

    def run_in_terminal(self, command: str) -> str:
        """Run a command in a terminal, and return what it prints, with its colours."""
        ours, theirs = pty.openpty()
        process = self._start(command, theirs)
        os.close(theirs)
        printed = b""
        # At the end, reading fails on Linux, and returns nothing on other systems.
        with suppress(OSError):
            while data := os.read(ours, 65536):
                printed += data
        os.close(ours)
        process.wait()
        return printed.decode().replace("\r\n", "\n")

    def _start(self, command: str, output: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["sh", "-c", command],
            cwd=self.work,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output == PIPE else output,
        )
