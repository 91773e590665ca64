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

from scaffold.verify import platform_features
from scaffold.verify.captured_output import Printed
from scaffold.verify.crash_location import answer
from scaffold.verify.limits import bound, resident
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
from scaffold.verify.process_state import differ, surroundings
from scaffold.verify.processes import end_strays
from scaffold.verify.sandbox import furnish, importing
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

    def __init__(self, pipe: int, token: str) -> None:
        self._pipe, self._token, self._process = pipe, token, os.getpid()

    def tell(self, message: Message) -> None:
        if os.getpid() != self._process:
            os._exit(0)
        line = encode(message, self._token)
        while line:
            line = line[os.write(self._pipe, line) :]


def main() -> None:
    """Run the request of the parent, and end the process."""
    directory = Path(sys.argv[1])
    lifeline, pipe = os.dup(0), os.dup(1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    printed = Printed(directory / "printed")
    trace = open(directory / "trace", "wb")
    faulthandler.enable(trace)
    request = _receive(lifeline)
    answer(lifeline, trace, platform_features.dump_signal())
    voice = _ParentChannel(pipe, request.token)
    platform_features.adopt_orphans()
    reason = _import_keras(request.backend)
    voice.tell(NoBackend(reason) if reason else ChildReady())
    if not reason:
        _work(request, _ChildState(directory, voice, printed))
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
        _settle_logging(import_module("absl.logging"))
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    finally:
        gc.enable()
    return ""


def _settle_logging(absl: ModuleType) -> None:
    """Have absl set up logging, as it does for the first logged message.

    Otherwise this would count as a change that the first candidate made.
    """
    absl.set_verbosity(absl.get_verbosity())
    absl.debug("")


class _ChildState(NamedTuple):
    """What `_work` needs of this process.

    Attributes:
        directory: The parent of the candidates' directories.
        channel: The channel to the parent.
        printed: The captured output.
    """

    directory: Path
    voice: _ParentChannel
    printed: Printed


class _SharedExaminer:
    """The examiner of a job, created for its first candidate."""

    def __init__(
        self,
        of: type[CandidateExaminer],
        job: Job,
        number: int,
        voice: _ParentChannel,
        memory: int,
    ) -> None:
        self._of, self.job, self._number = of, job, number
        self._voice, self.memory, self._usual = voice, memory, memory

    @cached_property
    def examiner(self) -> CandidateExaminer:
        examiner = self._of(self.job, self._number)
        examiner.tell = self._tell
        return examiner

    def _tell(self, message: Message) -> None:
        """Send a message to the parent, and raise the memory limit that it changes."""
        self._voice.tell(message)
        if isinstance(message, PreparingReference | ReferencePrepared):
            self.memory = self._usual + (message.mebibytes << 20)
            bound(self.memory)


def _work(request: ChildRequest, desk: _ChildState) -> None:
    """Examine all candidates, each in its own directory."""
    sys.argv = [""]
    module, _, name = request.examiner.partition(":")
    of: type[CandidateExaminer] = getattr(import_module(module), name)
    # Exclude the objects of Keras from the garbage collection after each candidate.
    gc.freeze()
    begun_with = resident()
    for number in dict.fromkeys(job for job, _ in request.tasks):
        job, places = request.jobs[number], request.places[number]
        with importing(places):
            once = _SharedExaminer(of, job, number, desk.voice, request.memory)
            for candidate in (task[1] for task in request.tasks if task[0] == number):
                there = desk.directory / f"{number}-{candidate}"
                there.mkdir(parents=True, exist_ok=True)
                os.chdir(there)
                furnish(there, job.candidates[candidate].text, places)
                desk.voice.tell(CandidateStarted(number, candidate))
                bound(once.memory)
                threads, before = set(threading.enumerate()), surroundings()
                fault = _examine(once, candidate, desk)
                is_changed = differ(before, surroundings())
                # From here on, only code of this package runs.
                vars(builtins).update(_BUILTINS)
                has_strays = end_strays(request.token, {os.getpid()})
                is_worn = not threads.issuperset(threading.enumerate())
                grown = resident() - begun_with
                is_worn |= grown > once.memory or is_changed
                finished = CandidateFinished(
                    number, candidate, fault, has_strays, is_worn
                )
                desk.voice.tell(finished)
        # Exclude the traced functions that TensorFlow keeps, too.
        del once
        gc.collect()
        gc.freeze()


def _examine(once: _SharedExaminer, candidate: int, desk: _ChildState) -> str:
    """Examine a candidate, and return the error that stopped it early, or `""`."""
    desk.printed.take()
    examined = once.job.candidates[candidate]
    try:
        for outcome in once.examiner.examine(candidate):
            desk.voice.tell(desk.printed.held_against(outcome, examined))
    except BaseException as error:
        # No error may prevent the examination of the next candidate.
        with suppress(BaseException):
            return f"{type(error).__name__}: {error}".removesuffix(": ")
        return "an error that cannot be shown"
    return ""


if __name__ == "__main__":
    main()
