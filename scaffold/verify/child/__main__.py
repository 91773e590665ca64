"""`python -m scaffold.verify.child DIRECTORY`: runs candidates in sequence.

The runner starts it and sends the request on its standard input. It reports on its
original standard output; the output of generated code goes to files.
"""

from __future__ import annotations

import builtins
import faulthandler
import gc
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple, Protocol

from scaffold.verify.child.captured_output import CapturedOutput
from scaffold.verify.messages import (
    LENGTH,
    CandidateFinished,
    CandidateStarted,
    ChildReady,
    ChildRequest,
    Message,
    NoBackend,
    PreparingReference,
    ReferencePrepared,
    encode,
)
from scaffold.verify.processes import platform_features
from scaffold.verify.processes.children import end_strays
from scaffold.verify.processes.crash_location import answer_stack_requests
from scaffold.verify.processes.limits import bound, resident
from scaffold.verify.processes.process_state import differ, surroundings
from scaffold.verify.sandbox import importing, link_files
from scaffold.verify.types import Job, Outcome

_BUILTINS = dict(vars(builtins))
"""The builtins of Python, before a candidate can replace any."""


class CandidateExaminer(Protocol):
    """Examines the candidates of a job, one at a time."""

    tell: Callable[[Message], None]
    """Sends messages other than outcomes; set after the examiner is created."""

    def __init__(self, job: Job, number: int) -> None: ...

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Yield the outcome of each check, as soon as it is known."""


class _ParentChannel:
    """Sends messages to the parent, from this process only and not from its forks."""

    def __init__(self, result_pipe: int, token: str) -> None:
        self._pipe, self._token, self._process = result_pipe, token, os.getpid()

    def tell(self, message: Message) -> None:
        if os.getpid() != self._process:
            os._exit(0)
        line = encode(message, self._token)
        while line:
            line = line[os.write(self._pipe, line) :]


def main() -> None:
    """Run the request of the parent, and end the process."""
    directory = Path(sys.argv[1])
    request_pipe, result_pipe = os.dup(0), os.dup(1)
    with open(os.devnull, "rb") as null:
        os.dup2(null.fileno(), 0)
    printed = CapturedOutput(directory / "printed")
    trace = open(directory / "trace", "wb")
    faulthandler.enable(trace)
    request = _receive(request_pipe)
    answer_stack_requests(request_pipe, trace, platform_features.dump_signal())
    channel = _ParentChannel(result_pipe, request.token)
    platform_features.adopt_orphans()
    reason = _import_keras(request.backend)
    channel.tell(NoBackend(reason) if reason else ChildReady())
    if not reason:
        _examine_all(request, _ChildState(directory, channel, printed))
    # `sys.exit` would wait for the threads of generated code.
    os._exit(0)


def _receive(pipe: int) -> ChildRequest:
    """Read the request, and leave the pipe open for later requests for the stack."""

    def take(size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = os.read(pipe, size - len(data))
            if not piece:
                os._exit(1)  # the parent is gone
            data += piece
        return data

    request = pickle.loads(take(int.from_bytes(take(LENGTH))))
    assert isinstance(request, ChildRequest)
    return request


def _import_keras(backend: str) -> str:
    """Import Keras, and return the error that prevents it, or `""`."""
    if not backend:
        return ""
    # Garbage collection would take a quarter of the import, and free nothing.
    gc.disable()
    try:
        keras = import_module("keras")
        keras.ops.zeros(())  # some backends fail only when they are used
        _set_up_logging(import_module("absl.logging"))
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    finally:
        gc.enable()
    return ""


def _set_up_logging(absl: ModuleType) -> None:
    """Have absl set up logging, as it does for the first logged message.

    Otherwise this would count as a change that the first candidate made.
    """
    absl.set_verbosity(absl.get_verbosity())
    absl.debug("")


class _ChildState(NamedTuple):
    """What `_examine_all` needs of this process.

    Attributes:
        directory: The parent of the candidates' directories.
        channel: The channel to the parent.
        printed: The captured output.
    """

    directory: Path
    channel: _ParentChannel
    printed: CapturedOutput


class _SharedExaminer:
    """The examiner of a job, created for its first candidate."""

    def __init__(
        self,
        examiner_class: type[CandidateExaminer],
        job: Job,
        number: int,
        channel: _ParentChannel,
        memory: int,
    ) -> None:
        self._examiner_class, self.job, self._number = examiner_class, job, number
        self._channel, self.memory, self._default_memory = channel, memory, memory

    @cached_property
    def examiner(self) -> CandidateExaminer:
        examiner = self._examiner_class(self.job, self._number)
        examiner.tell = self._tell
        return examiner

    def _tell(self, message: Message) -> None:
        """Send a message to the parent, and raise the memory limit that it changes."""
        self._channel.tell(message)
        if isinstance(message, PreparingReference | ReferencePrepared):
            self.memory = self._default_memory + (message.mebibytes << 20)
            bound(self.memory)


def _examine_all(request: ChildRequest, state: _ChildState) -> None:
    """Examine all candidates, each in its own directory."""
    sys.argv = [""]
    module, _, name = request.examiner.partition(":")
    examiner_class: type[CandidateExaminer] = getattr(import_module(module), name)
    # Exclude the objects of Keras from the garbage collection after each candidate.
    gc.freeze()
    start_memory = resident()
    for number in dict.fromkeys(job for job, _ in request.tasks):
        job, import_paths = request.jobs[number], request.import_paths[number]
        with importing(import_paths):
            shared = _SharedExaminer(
                examiner_class, job, number, state.channel, request.memory
            )
            for candidate in (task[1] for task in request.tasks if task[0] == number):
                work_directory = state.directory / f"{number}-{candidate}"
                work_directory.mkdir(parents=True, exist_ok=True)
                os.chdir(work_directory)
                link_files(work_directory, job.candidates[candidate].text, import_paths)
                state.channel.tell(CandidateStarted(number, candidate))
                bound(shared.memory)
                threads, state_before = set(threading.enumerate()), surroundings()
                error_text = _examine(shared, candidate, state)
                is_changed = differ(state_before, surroundings())
                # From here on, only code of this package runs.
                vars(builtins).update(_BUILTINS)
                has_strays = end_strays(request.token, {os.getpid()})
                needs_restart = not threads.issuperset(threading.enumerate())
                growth = resident() - start_memory
                needs_restart |= growth > shared.memory or is_changed
                finished = CandidateFinished(
                    number, candidate, error_text, has_strays, needs_restart
                )
                state.channel.tell(finished)
        # Exclude the traced functions that TensorFlow keeps, too.
        del shared
        gc.collect()
        gc.freeze()


def _examine(shared: _SharedExaminer, candidate: int, state: _ChildState) -> str:
    """Examine a candidate, and return the error that stopped it early, or `""`."""
    state.printed.take()
    code = shared.job.candidates[candidate]
    try:
        for outcome in shared.examiner.examine(candidate):
            state.channel.tell(state.printed.with_finding(outcome, code))
    except BaseException as error:
        # No error may prevent the examination of the next candidate.
        with suppress(BaseException):
            return f"{type(error).__name__}: {error}".removesuffix(": ")
        return "an error that cannot be shown"
    return ""


if __name__ == "__main__":
    main()
