"""Runs candidates in a child process that may hang, crash or take all memory.

The child imports Keras once and examines one candidate after another. Where one of them
costs its life, it is replaced, and the next one still runs.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, Full, Queue
from secrets import token_hex
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import sleep

from scaffold.diagnostics import Span
from scaffold.styles.types import DEFAULT_BACKEND
from scaffold.verify.clock import Clock
from scaffold.verify.limits import GIBIBYTE, resident
from scaffold.verify.messages import LENGTH, LONGEST_LINE, Request, decode
from scaffold.verify.processes import MARK, end_all
from scaffold.verify.tracing import innermost, last_line, line_in_trace
from scaffold.verify.trouble import Gone, Hungry, Slow, Trouble
from scaffold.verify.turn import Stack, Turn
from scaffold.verify.types import Job, Outcome
from scaffold.verify.workplace import is_from

SECONDS = 120.0
"""The time that a candidate has, unless somebody says otherwise; a large one has more.

Time in which it waits for a processor does not count: see `scaffold.verify.clock`.
"""

MEMORY = 4 * GIBIBYTE
"""The memory that a candidate may take, unless somebody says otherwise; a large one may
take more."""

EXAMINER = "scaffold.verify.examine:Examiner"

_IMPORT_SECONDS = 120.0
_BETWEEN_SECONDS = 30.0
_LOOK_SECONDS = 0.1
_MOST_PRINTED = 1 << 24
_KEPT_PRINTED = 1 << 12


def run(
    jobs: Sequence[Job],
    *,
    backend: str = DEFAULT_BACKEND,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    tell: Callable[[str], None] = lambda text: None,
    examiner: str = EXAMINER,
) -> Generator[Outcome, None, None]:
    """Runs all candidates of all jobs, and gives what comes of each as it comes.

    Whatever ends the iteration, be it an interrupt, ends all processes with it.

    Args:
        jobs: What to run.
        backend: Keras's backend; `""` for an examiner that needs no Keras.
        seconds: The time that each candidate has.
        memory: The bytes that each candidate may take.
        tell: Is told what is run at the moment.
        examiner: What examines the candidates, `package.module:Class`.

    Yields:
        The outcomes, candidate by candidate. One for `ALL` is the only one: Keras
        cannot be imported.
    """
    left = [
        (number, candidate)
        for number, job in enumerate(jobs)
        for candidate in range(len(job.candidates))
    ]
    places = tuple(_places(job) for job in jobs)
    with TemporaryDirectory(
        prefix="keras-scaffold-", ignore_cleanup_errors=True
    ) as directory:
        while left:
            token = token_hex(16)
            request = Request(
                tuple(jobs), tuple(left), places, backend, examiner, memory, token
            )
            if backend:
                tell(f"importing Keras ({backend})")
            turn = Turn(jobs, left, places, backend, memory, tell)
            with closing(_Child(request, Path(directory, token))) as child:
                yield from _follow(child, turn, seconds)
            left = turn.left


def _places(job: Job) -> tuple[str, ...]:
    """Gives where a job's own modules and files may be: as for `python file.py`."""
    paths = [one.path for one in job.candidates if one.path.endswith(".py")]
    beside = [str(Path(path).absolute().parent) for path in (job.name, *paths)]
    return tuple(dict.fromkeys((*beside, os.getcwd())))


def _follow(child: _Child, turn: Turn, seconds: float) -> Iterator[Outcome]:
    """Listens to a child to the end of its tasks, or its own."""
    phase, clock, held = turn.phase, Clock(child.process), child.resident() or 0
    while turn.is_going:
        if phase != turn.phase:
            phase, clock, held = turn.phase, Clock(child.process), child.resident() or 0
        for outcome in _hear(child, turn):
            yield outcome
            clock.skip()
        clock.look()
        allowed = seconds + turn.seconds if turn.at else _BETWEEN_SECONDS
        allowed = allowed if turn.is_ready else _IMPORT_SECONDS
        why = child.trouble()
        if turn.at and (child.resident() or 0) > held + turn.memory:
            why = Hungry(turn.memory)
        elif clock.spent > allowed:
            why = why or Slow(allowed, clock.asleep > allowed / 2)
        if why and phase == turn.phase and turn.is_going:
            yield from turn.lost(why, child.stack(turn) if turn.at else None)
            return


def _hear(child: _Child, turn: Turn) -> Iterator[Outcome]:
    """Passes on what a child says next, if it says something soon."""
    line = child.hear()
    message = decode(line, child.token)
    if message is not None:
        yield from turn.hear(message)
    elif line.strip():
        turn.hear_noise(line)


class _Child:
    """A child process, its pipes and its files."""

    def __init__(self, request: Request, directory: Path) -> None:
        """Starts it."""
        self.token = request.token
        self._files = directory
        self._lines: Queue[bytes] = Queue(maxsize=16)
        self._stop = Event()
        self._is_silent = False
        directory.mkdir()
        data = pickle.dumps(request)
        with open(directory / "errors", "ab") as errors:
            self._popen = subprocess.Popen(
                [sys.executable, "-P", "-m", "scaffold.verify.child", str(directory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=directory,
                env=_environment(request, directory),
                start_new_session=True,
            )
        self.process = self._popen.pid
        self._threads = [
            Thread(target=self._ask, args=(data,), daemon=True),
            Thread(target=self._listen, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def hear(self) -> bytes:
        """Gives the next line, or nothing if none comes soon."""
        has_ended = self._popen.poll() is not None
        with suppress(Empty):
            line = self._lines.get(timeout=1 if has_ended else _LOOK_SECONDS)
            self._is_silent |= not line
            return line
        # A process that was left behind may keep the pipe open.
        self._is_silent |= has_ended
        return b""

    def trouble(self) -> Trouble | None:
        """Says whether the child is gone; and sees to it that its files stay small."""
        for name in ("printed", "errors"):
            with suppress(OSError):
                if (self._files / name).stat().st_size > _MOST_PRINTED:
                    os.truncate(self._files / name, _KEPT_PRINTED)
        if not self._is_silent:
            return None
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout=1)
        return Gone(self._popen.poll(), last_line(self._files / "errors"))

    def resident(self) -> int | None:
        """Gives the memory that it occupies."""
        return resident(self.process)

    def stack(self, turn: Turn) -> Stack:
        """Gives what the code is at, or was at last."""
        trace, name = self._files / "trace", turn.candidate.path
        if self._popen.poll() is None and sys.platform != "win32":
            os.kill(self.process, signal.SIGUSR1)
            sleep(2 * _LOOK_SECONDS)
        line, (file, at) = line_in_trace(trace, name), innermost(trace)
        if line and Path(file).stem == Path(name).stem:
            return Stack(line, is_own=True)
        if file and is_from(file, turn.places, sys.path):
            return Stack(line, is_own=True, own=Span(os.path.relpath(file), at, 1))
        return Stack(line)

    def close(self) -> None:
        """Ends it, and all that it has started."""
        end_all(self.process, self.token)
        self._popen.kill()
        self._popen.wait()
        self._stop.set()
        for thread, pipe in zip(
            self._threads, (self._popen.stdin, self._popen.stdout), strict=True
        ):
            thread.join(timeout=1)
            # To close it below a thread that still reads would be asking for trouble.
            if pipe and not thread.is_alive():
                with suppress(OSError):
                    pipe.close()

    def _ask(self, data: bytes) -> None:
        assert self._popen.stdin is not None
        with suppress(OSError):  # it is gone already
            self._popen.stdin.write(len(data).to_bytes(LENGTH) + data)
            self._popen.stdin.flush()

    def _listen(self) -> None:
        assert self._popen.stdout is not None
        line = b"?"
        while line and not self._stop.is_set():
            line = self._popen.stdout.readline(LONGEST_LINE)
            while not self._stop.is_set():
                with suppress(Full):
                    self._lines.put(line, timeout=_LOOK_SECONDS)
                    break


def _environment(request: Request, directory: Path) -> dict[str, str]:
    """Gives what the child finds in its environment: Python's path is our own."""
    return {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(directory)),
        "KERAS_BACKEND": request.backend or DEFAULT_BACKEND,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "JAX_PLATFORMS": "cpu",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(str(one) for one in sys.path if one),
        MARK: request.token,
    }
