"""Runs candidates in a child process that may hang, crash or use all memory.

The child imports Keras once and examines the candidates in sequence. If a candidate
ends it, a new child runs the next candidate.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scaffold.styles.types import DEFAULT_BACKEND
from scaffold.verify.messages import ChildRequest, decode
from scaffold.verify.parent import child_failures
from scaffold.verify.parent.child_session import ChildSession
from scaffold.verify.types import ALL, CHECKS, GIBIBYTE, Job, Outcome

if TYPE_CHECKING:
    from scaffold.verify.parent.child_process import Child

SECONDS = 120.0
"""The default time limit of a candidate; a large one gets more.

Time in which it waits for a processor does not count: see `verify/processes/clock.py`.
"""

MEMORY = 4 * GIBIBYTE
"""The default memory limit of a candidate; a large one gets more."""

EXAMINER = "scaffold.verify.child.examine:Examiner"

_IMPORT_SECONDS = 120.0
_BETWEEN_SECONDS = 30.0


def run(
    jobs: Sequence[Job],
    *,
    backend: str = DEFAULT_BACKEND,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    tell: Callable[[str], None] = lambda text: None,
    examiner: str = EXAMINER,
) -> Generator[Outcome, None, None]:
    """Run all candidates of all jobs, and yield each outcome as soon as it is known.

    All processes are ended when the iteration ends, for example by an interrupt.

    Args:
        jobs: The jobs.
        backend: Keras's backend; `""` for an examiner that needs no Keras.
        seconds: The time limit of each candidate.
        memory: The bytes that each candidate may use.
        tell: Called with the name of what is run now.
        examiner: The class that examines the candidates, `package.module:Class`.

    Yields:
        The outcomes, candidate by candidate. An outcome for `ALL` is the only one:
        Keras or psutil cannot be imported.
    """
    remaining = [
        (number, candidate)
        for number, job in enumerate(jobs)
        for candidate in range(len(job.candidates))
    ]
    import_paths = tuple(_import_paths(job) for job in jobs)
    if reason := _psutil_error():
        diagnostic = child_failures.no_psutil(reason)
        yield Outcome(ALL, ALL, CHECKS[0], "failed", diagnostics=(diagnostic,))
        return
    # This module imports psutil.
    from scaffold.verify.parent.child_process import Child, Guard

    with (
        TemporaryDirectory(
            prefix="keras-scaffold-", ignore_cleanup_errors=True
        ) as directory,
        closing(Guard(Path(directory))) as guard,
    ):
        while remaining:
            token = token_hex(16)
            request = ChildRequest(
                tuple(jobs),
                tuple(remaining),
                import_paths,
                backend,
                examiner,
                memory,
                token,
            )
            if backend:
                tell(f"importing Keras ({backend})")
            session = ChildSession(jobs, remaining, import_paths, backend, memory, tell)
            with closing(Child(request, Path(directory, token), guard)) as child:
                yield from _outcomes(child, session, seconds)
            remaining = session.remaining


def _psutil_error() -> str:
    """Return why psutil cannot be imported, or `""`."""
    try:
        import_module("psutil")
    except ImportError as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _import_paths(job: Job) -> tuple[str, ...]:
    """Return the directories of a job's modules and files, as for `python file.py`."""
    paths = [
        candidate.path for candidate in job.candidates if candidate.path.endswith(".py")
    ]
    directories = [str(Path(path).absolute().parent) for path in (job.name, *paths)]
    return tuple(dict.fromkeys((*directories, os.getcwd())))


def _outcomes(child: Child, session: ChildSession, seconds: float) -> Iterator[Outcome]:
    """Yield the outcomes from a child until its tasks are done or it has to end."""
    phase, clock, start_memory = session.phase, child.clock(), child.tree.memory()
    while session.is_going:
        if phase != session.phase:
            phase, clock, start_memory = (
                session.phase,
                child.clock(),
                child.tree.memory(),
            )
        for outcome in _receive(child, session):
            yield outcome
            clock.skip()
        clock.update()
        limit = seconds + session.seconds if session.current else _BETWEEN_SECONDS
        limit = limit if session.is_ready else _IMPORT_SECONDS
        reason = child.trouble()
        if session.current and child.tree.takes_more_than(
            start_memory + session.memory
        ):
            reason = child_failures.OutOfMemory(session.memory)
        elif clock.spent > limit:
            reason = reason or child_failures.OutOfTime(limit, clock.asleep > limit / 2)
        if reason and phase == session.phase and session.is_going:
            yield from session.stopped(
                reason, child.stack(session) if session.current else None
            )
            return


def _receive(child: Child, session: ChildSession) -> Iterator[Outcome]:
    """Yield the outcomes of the next message of a child, if one arrives soon."""
    line = child.receive()
    message = decode(line, child.token)
    if message is not None:
        yield from session.receive(message)
    elif line.strip():
        session.receive_noise(line)
