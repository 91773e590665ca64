"""`python -m scaffold.verify.child DIRECTORY`: runs candidates, one after another.

It is started by the runner, which tells it what to run on its standard input. It
answers on what was its standard output; what generated code prints goes to files.
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
"""What Python brings, before any candidate can have replaced it."""


class CandidateExaminer(Protocol):
    """What examines the candidates of a job, one at a time."""

    tell: Callable[[Message], None]
    """What else than outcomes is told to; it is set once the examiner is made."""

    def __init__(self, job: Job, number: int) -> None: ...

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Return what comes of each check, as soon as it is known."""


class _ParentChannel:
    """The way to the parent, for this process alone and none that is forked off it."""

    def __init__(self, pipe: int, token: str) -> None:
        self._pipe, self._token, self._process = pipe, token, os.getpid()

    def tell(self, message: Message) -> None:
        if os.getpid() != self._process:
            os._exit(0)
        line = encode(message, self._token)
        while line:
            line = line[os.write(self._pipe, line) :]


def main() -> None:
    """Run what the parent asks for, and end the process."""
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
    # Not by way of `sys.exit`: threads of generated code would be waited for.
    os._exit(0)


def _receive(pipe: int) -> ChildRequest:
    """Read the request, and leave the pipe open: questions may follow."""

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
    """Import Keras, and say what stands in the way of that, if anything does."""
    if not backend:
        return ""
    # All that an import makes stays: to look for garbage in it takes a quarter of it.
    gc.disable()
    try:
        keras = import_module("keras")
        keras.ops.zeros(())  # some backends first fail when they are used
        _settle_logging(import_module("absl.logging"))
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    finally:
        gc.enable()
    return ""


def _settle_logging(absl: ModuleType) -> None:
    """Let absl set up logging, as it does at the first message that is logged.

    Otherwise the first candidate would seem to have changed its process.
    """
    absl.set_verbosity(absl.get_verbosity())
    absl.debug("")


class _ChildState(NamedTuple):
    """What the work needs.

    Attributes:
        directory: Where candidates get their own directories.
        voice: The way to the parent.
        printed: What is printed.
    """

    directory: Path
    voice: _ParentChannel
    printed: Printed


class _SharedExaminer:
    """The examiner of a job, made when the first candidate has its turn."""

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
        """State the parent something, and take the memory that it grants for that."""
        self._voice.tell(message)
        if isinstance(message, PreparingReference | ReferencePrepared):
            self.memory = self._usual + (message.mebibytes << 20)
            bound(self.memory)


def _work(request: ChildRequest, desk: _ChildState) -> None:
    """Examine all candidates, each in a directory of its own."""
    sys.argv = [""]
    module, _, name = request.examiner.partition(":")
    of: type[CandidateExaminer] = getattr(import_module(module), name)
    # Keras stays: what looks for garbage after each candidate can leave it out.
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
                # What comes next is the child's own work, up to its end.
                vars(builtins).update(_BUILTINS)
                has_strays = end_strays(request.token, {os.getpid()})
                is_worn = not threads.issuperset(threading.enumerate())
                grown = resident() - begun_with
                is_worn |= grown > once.memory or is_changed
                finished = CandidateFinished(
                    number, candidate, fault, has_strays, is_worn
                )
                desk.voice.tell(finished)
        # So does what TensorFlow keeps of each function that it has traced.
        del once
        gc.collect()
        gc.freeze()


def _examine(once: _SharedExaminer, candidate: int, desk: _ChildState) -> str:
    """Examine a candidate, and say what ended that too early, if anything did."""
    desk.printed.take()
    examined = once.job.candidates[candidate]
    try:
        for outcome in once.examiner.examine(candidate):
            desk.voice.tell(desk.printed.held_against(outcome, examined))
    except BaseException as error:
        # Whatever it is, it is no reason not to look at the next one.
        with suppress(BaseException):
            return f"{type(error).__name__}: {error}".removesuffix(": ")
        return "an error that cannot be shown"
    return ""


if __name__ == "__main__":
    main()
