"""The state of one child, from its messages: the current candidate and what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Span
from scaffold.verify.line_origins import line_span
from scaffold.verify.messages import (
    CandidateFinished,
    CandidateStarted,
    ChildReady,
    Message,
    NoBackend,
    PreparingReference,
    ReferencePrepared,
)
from scaffold.verify.parent import child_failures
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
        remaining: The tasks that are not done, in order: numbers of jobs and
            candidates.
        is_ready: Whether Keras is imported.
        needs_restart: Whether a new child should run the next candidate.
        current: The current task, if any.
        is_preparing: Whether the child builds the model of the spec.
        seconds: The additional time for the current step.
        memory: The bytes that the child may use.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        remaining: Sequence[tuple[int, int]],
        import_paths: Sequence[Sequence[str]],
        backend: str,
        memory: int,
        report: Callable[[str], None],
    ) -> None:
        """Create the state of a child that has sent nothing."""
        self.remaining = list(remaining)
        self.is_ready = self.needs_restart = False
        self.current: tuple[int, int] | None = None
        self._jobs, self._import_paths = jobs, import_paths
        self._backend, self._memory = backend, memory
        self._report = report
        self.is_preparing = False
        self.seconds, self.memory = 0, memory
        self._needs: dict[int, tuple[int, int]] = {}
        self._previous: tuple[int, int] | None = None
        self._outcomes: list[Outcome] = []
        self._noise = ""

    def receive(self, message: Message) -> Iterator[Outcome]:
        """Process a message, and yield the outcomes to pass on.

        A message that is invalid in the current state is ignored: it may be forged.
        """
        match message:
            case ChildReady() if not self.is_ready:
                self.is_ready = True
            case NoBackend(reason) if not self.is_ready:
                yield from self.stopped(reason)
            case CandidateStarted(job, candidate) if (
                self.is_ready and self.current is None
            ):
                if self.remaining[:1] == [(job, candidate)]:
                    self._start()
            case PreparingReference(job, candidate) if self.current == (job, candidate):
                # Only once per job: it grants time, which code could request.
                if job in self._needs or self._outcomes[1:]:
                    return
                self.is_preparing = True
                self._allow(message.seconds, message.mebibytes)
            case ReferencePrepared(job, candidate) if self.current == (job, candidate):
                if self.is_preparing:
                    self.is_preparing = False
                    self._needs[job] = message.seconds, message.mebibytes
                    self._allow(*self._needs[job])
            case Outcome(job, candidate) if self.current == (job, candidate):
                if len(self._outcomes) < _MOST_OUTCOMES:
                    self._outcomes.append(message)
                    yield self._with_memory_finding(message)
            case CandidateFinished() if self.current == (
                message.job,
                message.candidate,
            ):
                yield from self._finish(message)

    def receive_noise(self, line: bytes) -> None:
        """Store the beginning of a line that is not a message of the child."""
        if self.current and not self._noise:
            self._noise = line.decode(errors="replace").strip()[:60]

    def stopped(
        self, trouble: child_failures.Trouble | str, stack: CodePosition | None = None
    ) -> Iterator[Outcome]:
        """Yield the outcomes of a child that ended or has to be ended.

        Args:
            trouble: The reason.
            stack: The line that the code ran, if known.
        """
        stack = stack or CodePosition()
        if not self.is_ready:
            self.remaining = []
            diagnostic = child_failures.no_backend(trouble, self._backend)
            yield Outcome(ALL, ALL, CHECKS[0], "failed", diagnostics=(diagnostic,))
            return
        if self.current is None and self._previous is None:
            self._start()
        assert not isinstance(trouble, str)
        if (
            isinstance(trouble, child_failures.ProcessEnded)
            and trouble.is_out_of_memory
        ):
            trouble = child_failures.OutOfMemory(self.memory)
        if isinstance(trouble, child_failures.OutOfTime | child_failures.OutOfMemory):
            if not self._is_at_fault(trouble, stack):
                yield from self._unfinished(trouble)
                return
        diagnostic = child_failures.finding(
            trouble, self._check(), stack.own or self._span(stack.line)
        )
        for task in self._ending_tasks():
            yield Outcome(*task, self._check(), "failed", diagnostics=(diagnostic,))

    def _is_at_fault(
        self,
        trouble: child_failures.OutOfTime | child_failures.OutOfMemory,
        stack: CodePosition,
    ) -> bool:
        """Return whether the code exceeded a limit, rather than a large model.

        The limits of the first checks are derived from the model of the spec, so code
        that exceeds them is at fault. In later checks, it is at fault if one of its own
        lines is running or waiting.
        """
        if isinstance(trouble, child_failures.OutOfTime) and (
            stack.is_own or trouble.is_asleep
        ):
            return True
        is_early = CHECKS.index(self._check()) <= CHECKS.index(_LAST_OF_THE_FIRST)
        return is_early and not self.is_preparing

    def _unfinished(
        self, trouble: child_failures.OutOfTime | child_failures.OutOfMemory
    ) -> Iterator[Outcome]:
        """Report that a check was stopped without a result."""
        span, check = self._span(), self._check()
        diagnostic = child_failures.unfinished(
            trouble, check, span, is_preparing=self.is_preparing
        )
        for task in self._ending_tasks():
            yield Outcome(*task, check, "unfinished", diagnostics=(diagnostic,))

    def _ending_tasks(self) -> list[tuple[int, int]]:
        """Return the tasks that end here: the whole job if its model is not built."""
        tasks = [self._task]
        if self.is_preparing:
            tasks += [task for task in self.remaining if task[0] == self._task[0]]
            self.remaining = [task for task in self.remaining if task not in tasks]
        return tasks

    def _allow(self, seconds: int, mebibytes: int) -> None:
        self.seconds = min(seconds, _MOST_SECONDS)
        self.memory = self._memory + (mebibytes << 20)

    @property
    def is_going(self) -> bool:
        """Whether the child has a task to run."""
        return self.current is not None or bool(
            self.remaining and not self.needs_restart
        )

    @property
    def phase(self) -> tuple[bool, tuple[int, int] | None, bool]:
        """The current step of the child; each step has its own time limit."""
        return self.is_ready, self.current, self.is_preparing

    @property
    def candidate(self) -> Candidate:
        """The current candidate, or the last one."""
        job, number = self._task
        return self._jobs[job].candidates[number]

    @property
    def import_paths(self) -> Sequence[str]:
        """The directories with the user's modules for the current job."""
        return self._import_paths[self._task[0]]

    @property
    def _task(self) -> tuple[int, int]:
        task = self.current or self._previous
        assert task is not None
        return task

    def _start(self) -> None:
        self.current = self._previous = self.remaining.pop(0)
        self._outcomes, self._noise = [], ""
        self.is_preparing = False
        self._allow(*self._needs.get(self.current[0], (0, 0)))
        job = self._jobs[self.current[0]].name
        label = self.candidate.label
        self._report(job if label == job else f"{job}: {label}")

    def _with_memory_finding(self, outcome: Outcome) -> Outcome:
        """Replace the finding of an outcome that failed for lack of memory."""
        memory_errors = [
            diagnostic
            for diagnostic in outcome.diagnostics
            if child_failures.lacks_memory(diagnostic.message)
        ]
        if not memory_errors:
            return outcome
        self.needs_restart = True
        span = memory_errors[0].span
        trouble = child_failures.OutOfMemory(self.memory)
        if self._is_at_fault(trouble, CodePosition()):
            diagnostic = child_failures.finding(trouble, outcome.check, span)
            return outcome._replace(diagnostics=(diagnostic,))
        diagnostic = child_failures.unfinished(
            trouble, outcome.check, span, is_preparing=self.is_preparing
        )
        return outcome._replace(says="unfinished", diagnostics=(diagnostic,))

    def _finish(self, message: CandidateFinished) -> Iterator[Outcome]:
        if message.fault:
            yield from self._unexpected_error(message.fault)
        if message.has_strays:
            yield self._failed(child_failures.strays(self._span()), CHECKS[0])
        if self._noise:
            yield self._failed(
                child_failures.foreign_output(self._noise, self._span()), CHECKS[0]
            )
        self.needs_restart |= message.needs_restart
        self.current = None

    def _check(self) -> Check:
        """Return the current check: the one after the last that was reported."""
        if not self._outcomes:
            return CHECKS[0]
        number = CHECKS.index(self._outcomes[-1].check) + 1
        return CHECKS[min(number, len(CHECKS) - 1)]

    def _span(self, line: int = 0) -> Span:
        return line_span(self._jobs[self._task[0]], self.candidate, line)

    def _unexpected_error(self, fault: str) -> Iterator[Outcome]:
        if not child_failures.lacks_memory(fault):
            yield self._failed(
                child_failures.unexpected_error(fault, self._check(), self._span())
            )
            return
        self.needs_restart = True
        trouble = child_failures.OutOfMemory(self.memory)
        if self._is_at_fault(trouble, CodePosition()):
            yield self._failed(
                child_failures.finding(trouble, self._check(), self._span())
            )
        else:
            yield from self._unfinished(trouble)

    def _failed(self, diagnostic: Diagnostic, check: Check | None = None) -> Outcome:
        return Outcome(
            *self._task, check or self._check(), "failed", diagnostics=(diagnostic,)
        )
