"""The state of one child, from its messages: the current candidate and what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Span
from scaffold.verify import child_failures
from scaffold.verify.line_origins import place
from scaffold.verify.messages import (
    CandidateFinished,
    CandidateStarted,
    ChildReady,
    Message,
    NoBackend,
    PreparingReference,
    ReferencePrepared,
)
from scaffold.verify.types import ALL, CHECKS, Candidate, Check, Job, Outcome

_MOST_OUTCOMES = 4 * len(CHECKS)
"""The most outcomes accepted for one candidate; a correct child sends fewer."""

_MOST_SECONDS = 24 * 60 * 60
"""The most additional time for a large model."""

_LAST_OF_THE_FIRST: Check = "masks"
"""The last check for which a candidate needs no more than the model of the spec."""


class CodePosition(NamedTuple):
    """The line that the code of a candidate runs.

    Attributes:
        line: The innermost line of the candidate's file, 0 if unknown.
        is_own: Whether the innermost frame is in the candidate or in a user's module.
        own: The location in the user's module.
    """

    line: int = 0
    is_own: bool = False
    own: Span | None = None


class ChildSession:
    """The state of one child, as the parent knows it.

    Attributes:
        left: The tasks that are not done, in order: numbers of jobs and candidates.
        is_ready: Whether Keras is imported.
        is_worn: Whether a new child should run the next candidate.
        at: The current task, if any.
        is_preparing: Whether the child builds the model of the spec.
        seconds: The additional time for the current step.
        memory: The bytes that the child may use.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        left: Sequence[tuple[int, int]],
        places: Sequence[Sequence[str]],
        backend: str,
        memory: int,
        tell: Callable[[str], None],
    ) -> None:
        """Create the state of a child that has sent nothing."""
        self.left = list(left)
        self.is_ready = self.is_worn = False
        self.at: tuple[int, int] | None = None
        self._jobs, self._places = jobs, places
        self._backend, self._memory = backend, memory
        self._tell = tell
        self.is_preparing = False
        self.seconds, self.memory = 0, memory
        self._needs: dict[int, tuple[int, int]] = {}
        self._last: tuple[int, int] | None = None
        self._heard: list[Outcome] = []
        self._noise = ""

    def hear(self, message: Message) -> Iterator[Outcome]:
        """Process a message, and yield the outcomes to pass on.

        A message that is invalid in the current state is ignored: it may be forged.
        """
        match message:
            case ChildReady() if not self.is_ready:
                self.is_ready = True
            case NoBackend(reason) if not self.is_ready:
                yield from self.lost(reason)
            case CandidateStarted(job, candidate) if self.is_ready and self.at is None:
                if self.left[:1] == [(job, candidate)]:
                    self._begin()
            case PreparingReference(job, candidate) if self.at == (job, candidate):
                # Only once per job: it grants time, which code could request.
                if job in self._needs or self._heard[1:]:
                    return
                self.is_preparing = True
                self._allow(message.seconds, message.mebibytes)
            case ReferencePrepared(job, candidate) if self.at == (job, candidate):
                if self.is_preparing:
                    self.is_preparing = False
                    self._needs[job] = message.seconds, message.mebibytes
                    self._allow(*self._needs[job])
            case Outcome(job, candidate) if self.at == (job, candidate):
                if len(self._heard) < _MOST_OUTCOMES:
                    self._heard.append(message)
                    yield self._named(message)
            case CandidateFinished() if self.at == (message.job, message.candidate):
                yield from self._end(message)

    def hear_noise(self, line: bytes) -> None:
        """Store the beginning of a line that is not a message of the child."""
        if self.at and not self._noise:
            self._noise = line.decode(errors="replace").strip()[:60]

    def lost(
        self, why: child_failures.Trouble | str, stack: CodePosition | None = None
    ) -> Iterator[Outcome]:
        """Yield the outcomes of a child that ended or has to be ended.

        Args:
            why: The reason.
            stack: The line that the code ran, if known.
        """
        stack = stack or CodePosition()
        if not self.is_ready:
            self.left = []
            diagnostic = child_failures.no_backend(why, self._backend)
            yield Outcome(ALL, ALL, CHECKS[0], "failed", diagnostics=(diagnostic,))
            return
        if self.at is None and self._last is None:
            self._begin()
        assert not isinstance(why, str)
        if isinstance(why, child_failures.ProcessEnded) and why.is_hungry:
            why = child_failures.OutOfMemory(self.memory)
        if isinstance(why, child_failures.OutOfTime | child_failures.OutOfMemory):
            if not self._is_at_fault(why, stack):
                yield from self._unfinished(why)
                return
        diagnostic = child_failures.finding(
            why, self._check(), stack.own or self._span(stack.line)
        )
        for task in self._concerned():
            yield Outcome(*task, self._check(), "failed", diagnostics=(diagnostic,))

    def _is_at_fault(
        self,
        why: child_failures.OutOfTime | child_failures.OutOfMemory,
        stack: CodePosition,
    ) -> bool:
        """Return whether the code exceeded a limit, rather than a large model.

        The limits of the first checks are derived from the model of the spec, so code
        that exceeds them is at fault. In later checks, it is at fault if one of its own
        lines is running or waiting.
        """
        if isinstance(why, child_failures.OutOfTime) and (
            stack.is_own or why.is_asleep
        ):
            return True
        is_early = CHECKS.index(self._check()) <= CHECKS.index(_LAST_OF_THE_FIRST)
        return is_early and not self.is_preparing

    def _unfinished(
        self, why: child_failures.OutOfTime | child_failures.OutOfMemory
    ) -> Iterator[Outcome]:
        """Report that a check was stopped without a result."""
        span, check = self._span(), self._check()
        diagnostic = child_failures.unfinished(
            why, check, span, is_preparing=self.is_preparing
        )
        for task in self._concerned():
            yield Outcome(*task, check, "unfinished", diagnostics=(diagnostic,))

    def _concerned(self) -> list[tuple[int, int]]:
        """Return the tasks that end here: the whole job if its model is not built."""
        tasks = [self._task]
        if self.is_preparing:
            tasks += [task for task in self.left if task[0] == self._task[0]]
            self.left = [task for task in self.left if task not in tasks]
        return tasks

    def _allow(self, seconds: int, mebibytes: int) -> None:
        self.seconds = min(seconds, _MOST_SECONDS)
        self.memory = self._memory + (mebibytes << 20)

    @property
    def is_going(self) -> bool:
        """Whether the child has a task to run."""
        return self.at is not None or bool(self.left and not self.is_worn)

    @property
    def phase(self) -> tuple[bool, tuple[int, int] | None, bool]:
        """The current step of the child; each step has its own time limit."""
        return self.is_ready, self.at, self.is_preparing

    @property
    def candidate(self) -> Candidate:
        """The current candidate, or the last one."""
        job, number = self._task
        return self._jobs[job].candidates[number]

    @property
    def places(self) -> Sequence[str]:
        """The directories with the user's modules for the current job."""
        return self._places[self._task[0]]

    @property
    def _task(self) -> tuple[int, int]:
        task = self.at or self._last
        assert task is not None
        return task

    def _begin(self) -> None:
        self.at = self._last = self.left.pop(0)
        self._heard, self._noise = [], ""
        self.is_preparing = False
        self._allow(*self._needs.get(self.at[0], (0, 0)))
        job = self._jobs[self.at[0]].name
        label = self.candidate.label
        self._tell(job if label == job else f"{job}: {label}")

    def _named(self, outcome: Outcome) -> Outcome:
        """Replace the finding of an outcome that failed for lack of memory."""
        lacking = [
            diagnostic
            for diagnostic in outcome.diagnostics
            if child_failures.lacks_memory(diagnostic.message)
        ]
        if not lacking:
            return outcome
        self.is_worn = True
        span = lacking[0].span
        why = child_failures.OutOfMemory(self.memory)
        if self._is_at_fault(why, CodePosition()):
            diagnostic = child_failures.finding(why, outcome.check, span)
            return outcome._replace(diagnostics=(diagnostic,))
        diagnostic = child_failures.unfinished(
            why, outcome.check, span, is_preparing=self.is_preparing
        )
        return outcome._replace(says="unfinished", diagnostics=(diagnostic,))

    def _end(self, message: CandidateFinished) -> Iterator[Outcome]:
        if message.fault:
            yield from self._broken_off(message.fault)
        if message.has_strays:
            yield self._failed(child_failures.strays(self._span()), CHECKS[0])
        if self._noise:
            yield self._failed(
                child_failures.noise(self._noise, self._span()), CHECKS[0]
            )
        self.is_worn |= message.is_worn
        self.at = None

    def _check(self) -> Check:
        """Return the current check: the one after the last that was reported."""
        if not self._heard:
            return CHECKS[0]
        number = CHECKS.index(self._heard[-1].check) + 1
        return CHECKS[min(number, len(CHECKS) - 1)]

    def _span(self, line: int = 0) -> Span:
        return place(self._jobs[self._task[0]], self.candidate, line)

    def _broken_off(self, fault: str) -> Iterator[Outcome]:
        if not child_failures.lacks_memory(fault):
            yield self._failed(
                child_failures.broken_off(fault, self._check(), self._span())
            )
            return
        self.is_worn = True
        why = child_failures.OutOfMemory(self.memory)
        if self._is_at_fault(why, CodePosition()):
            yield self._failed(child_failures.finding(why, self._check(), self._span()))
        else:
            yield from self._unfinished(why)

    def _failed(self, diagnostic: Diagnostic, check: Check | None = None) -> Outcome:
        return Outcome(
            *self._task, check or self._check(), "failed", diagnostics=(diagnostic,)
        )
