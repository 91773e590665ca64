"""The processes that a run starts: the child, and the guard that cleans up."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import sleep

from scaffold.diagnostics import Span
from scaffold.styles.types import DEFAULT_BACKEND
from scaffold.verify.messages import LENGTH, LONGEST_LINE, ChildRequest
from scaffold.verify.parent.child_failures import ProcessEnded, Trouble
from scaffold.verify.parent.child_session import ChildSession, CodePosition
from scaffold.verify.processes import platform_features
from scaffold.verify.processes.children import MARK, end_all
from scaffold.verify.processes.clock import Clock
from scaffold.verify.processes.crash_location import innermost, last_line, line_in_trace
from scaffold.verify.processes.process_tree import ProcessTree
from scaffold.verify.sandbox import is_from

_POLL_SECONDS = 0.1
_LARGEST_SIZE = 1 << 24
_TRUNCATED_SIZE = 1 << 12


class Guard:
    """A process that ends the child processes of a run, however the run ends.

    A thread would not do: C code may hold the GIL, and a signal may end the process.
    """

    def __init__(self, directory: Path) -> None:
        """Start it.

        Args:
            directory: The directory of the run, which the guard removes.
        """
        self._popen = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-m",
                "scaffold.verify.processes.guard",
                str(directory),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_python_path()},
            **platform_features.apart(),
        )

    def watch(self, mark: str, process: int | None = None) -> None:
        """Tell the guard which child to end with the run.

        Args:
            mark: The mark of the child.
            process: Its process id, once it is known.
        """
        line = mark if process is None else f"{mark} {process}"
        assert self._popen.stdin is not None
        with suppress(OSError):
            self._popen.stdin.write(f"{line}\n".encode())
            self._popen.stdin.flush()

    def close(self) -> None:
        """End the guard, when no child runs any more."""
        self._popen.kill()
        self._popen.wait()
        assert self._popen.stdin is not None
        with suppress(OSError):
            self._popen.stdin.close()


class Child:
    """A child process with its pipes and files."""

    def __init__(self, request: ChildRequest, directory: Path, guard: Guard) -> None:
        """Start the process."""
        self.token = request.token
        self._files = directory
        self._lines: Queue[bytes] = Queue(maxsize=16)
        self._stop = Event()
        self._is_silent = False
        directory.mkdir()
        data = pickle.dumps(request)
        guard.watch(request.token)
        with open(directory / "errors", "ab") as errors:
            self._popen = subprocess.Popen(
                [sys.executable, "-P", "-m", "scaffold.verify.child", str(directory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=directory,
                env=_environment(request, directory),
                **platform_features.apart(),
            )
        guard.watch(request.token, self._popen.pid)
        self.tree = ProcessTree(self._popen.pid)
        self._threads = [
            Thread(target=self._send, args=(data,), daemon=True),
            Thread(target=self._read_lines, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def receive(self) -> bytes:
        """Return the next line, or `b""` if none arrives soon."""
        has_ended = self._popen.poll() is not None
        with suppress(Empty):
            line = self._lines.get(timeout=1 if has_ended else _POLL_SECONDS)
            self._is_silent |= not line
            return line
        # A process that the candidate left running may keep the pipe open.
        self._is_silent |= has_ended
        return b""

    def trouble(self) -> Trouble | None:
        """Return why the child ended, or `None`; also limit the size of its files."""
        for name in ("printed", "errors"):
            with suppress(OSError):
                if (self._files / name).stat().st_size > _LARGEST_SIZE:
                    os.truncate(self._files / name, _TRUNCATED_SIZE)
        if not self._is_silent:
            return None
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout=1)
        return ProcessEnded(self._popen.poll(), last_line(self._files / "errors"))

    def clock(self) -> Clock:
        """Return a clock for the child and its descendants, started now."""
        return Clock(self.tree)

    def stack(self, session: ChildSession) -> CodePosition:
        """Return the line that the code runs, or ran last."""
        trace, name = self._files / "trace", session.candidate.path
        if self._popen.poll() is None:
            self._request_stack()
            sleep(2 * _POLL_SECONDS)
        line, (file, line_number) = line_in_trace(trace, name), innermost(trace)
        if line and Path(file).stem == Path(name).stem:
            return CodePosition(line, is_own=True)
        if file and is_from(file, session.import_paths, sys.path):
            return CodePosition(
                line, is_own=True, own=Span(_relative(file), line_number, 1)
            )
        return CodePosition(line)

    def _request_stack(self) -> None:
        signal_number = platform_features.dump_signal()
        with suppress(OSError):
            if signal_number is not None:
                os.kill(self._popen.pid, signal_number)
            elif self._popen.stdin is not None:
                self._popen.stdin.write(b"?")
                self._popen.stdin.flush()

    def close(self) -> None:
        """End the child and all processes that it started."""
        end_all(self.tree, self.token)
        self._popen.kill()
        self._popen.wait()
        self._stop.set()
        for thread, pipe in zip(
            self._threads, (self._popen.stdin, self._popen.stdout), strict=True
        ):
            thread.join(timeout=1)
            # Closing a pipe that a thread still reads is unsafe.
            if pipe and not thread.is_alive():
                with suppress(OSError):
                    pipe.close()

    def _send(self, data: bytes) -> None:
        assert self._popen.stdin is not None
        with suppress(OSError):  # it is gone already
            self._popen.stdin.write(len(data).to_bytes(LENGTH) + data)
            self._popen.stdin.flush()

    def _read_lines(self) -> None:
        assert self._popen.stdout is not None
        line = b"?"
        while line and not self._stop.is_set():
            line = self._popen.stdout.readline(LONGEST_LINE)
            while not self._stop.is_set():
                with suppress(Full):
                    self._lines.put(line, timeout=_POLL_SECONDS)
                    break


def _environment(request: ChildRequest, directory: Path) -> dict[str, str]:
    """Return the environment of the child, with the import path of this process."""
    return {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(directory)),
        "KERAS_BACKEND": request.backend or DEFAULT_BACKEND,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "JAX_PLATFORMS": "cpu",
        "PYTHONDONTWRITEBYTECODE": "1",
        **_python_path(),
        MARK: request.token,
    }


def _relative(file: str) -> str:
    """Return the path of a file, relative to the current directory."""
    try:
        return os.path.relpath(file)
    except ValueError:  # it is on another drive
        return file


def _python_path() -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join(str(path) for path in sys.path if path)}
