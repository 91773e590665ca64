"""Findings for candidates that stop, block or pollute the child process."""

from __future__ import annotations

import math
import signal
import sys
from contextlib import suppress
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Span
from scaffold.verify.types import GIBIBYTE, Check

_SHOWN = 200
_KILLED = 9
_NO_MEMORY = (
    *("memoryerror", "bad_alloc", "out of memory", "allocate memory"),
    *("oom when allocating", "resource_exhausted", "resourceexhausted"),
)
"""Parts of the errors for a lack of memory in Python, C++ and the backends."""


class OutOfTime(NamedTuple):
    """The time limit was exceeded.

    Attributes:
        seconds: The limit.
        is_asleep: Whether the process slept for most of that time.
    """

    seconds: float
    is_asleep: bool = False


class OutOfMemory(NamedTuple):
    """The memory limit, in bytes, was exceeded."""

    memory: int


class ProcessEnded(NamedTuple):
    """The process ended, or closed its result pipe.

    Attributes:
        status: The exit status, `None` if the process still ran.
        last: The last line that it wrote to standard error.
    """

    status: int | None
    last: str = ""

    @property
    def is_out_of_memory(self) -> bool:
        """Whether it ended for lack of memory."""
        return lacks_memory(self.last)


_ACCESS_VIOLATION = 0xC0000005
"""The exit status of a Windows process that reads memory it does not own."""

_OUT_OF_BOUNDS = frozenset((-signal.SIGSEGV, -signal.SIGABRT, _ACCESS_VIOLATION))

Trouble = OutOfTime | OutOfMemory | ProcessEnded


def finding(trouble: Trouble, check: Check, span: Span) -> Diagnostic:
    """Return the finding for a candidate that was stopped.

    Args:
        trouble: Why it was stopped.
        check: The check that was running.
        span: The location to report.
    """
    match trouble:
        case OutOfTime(seconds=seconds):
            message = f"`{check}` does not finish within {_time(seconds)}"
            return Diagnostic("KS713", message, span, "allow more time with --timeout")
        case OutOfMemory(memory):
            message = f"`{check}` uses more than {_amount(memory)} of memory"
            return Diagnostic("KS714", message, span, "allow more with --memory")
        case ProcessEnded():
            message = f"the process {_end(trouble.status)} during `{check}`"
            return Diagnostic("KS715", message, span, _end_help(trouble))


def unfinished(
    trouble: OutOfTime | OutOfMemory, check: Check, span: Span, *, is_preparing: bool
) -> Diagnostic:
    """Return the warning for a check that was stopped without a sign of wrong code.

    Args:
        trouble: Why it was stopped.
        check: The check that was running.
        span: The location to report.
        is_preparing: Whether the model of the spec exceeded the limit.
    """
    subject = f"`{check}` is not finished"
    if is_preparing:
        subject = "nothing is compared: the model of the spec is not built and run"
    if isinstance(trouble, OutOfTime):
        message = f"{subject} after {_time(trouble.seconds)}"
        help_ = f"allow more time with --timeout {math.ceil(5 * trouble.seconds)}"
    else:
        message = f"{subject} within {_amount(trouble.memory)} of memory"
        help_ = f"allow more with --memory {math.ceil(2 * trouble.memory / GIBIBYTE)}"
    return Diagnostic("KS727", message, span, help_, "warning")


def lacks_memory(text: str) -> bool:
    """Return whether the text of an error reports a lack of memory."""
    return any(part in text.lower() for part in _NO_MEMORY)


def no_backend(trouble: Trouble | str, backend: str) -> Diagnostic:
    """Return the finding for a backend with which Keras cannot be imported."""
    match trouble:
        case str():
            reason = _one_line(trouble)
        case OutOfTime(seconds=seconds):
            reason = f"not finished after {_time(seconds)}"
        case OutOfMemory():
            reason = "not enough memory"
        case ProcessEnded():
            detail = f": {_one_line(trouble.last)}" if trouble.last else ""
            reason = f"the process {_end(trouble.status)}{detail}"
    message = f"Keras cannot be imported with the backend {backend}: {reason}"
    names = f"keras {backend}" if "'keras'" in reason else backend
    return Diagnostic(
        "KS717", message, Span(f"KERAS_BACKEND={backend}"), f"pip install {names}"
    )


def no_psutil(reason: str) -> Diagnostic:
    """Return the finding for a Python in which psutil cannot be imported.

    Args:
        reason: The error of the import.
    """
    message = f"psutil cannot be imported: {_one_line(reason)}"
    return Diagnostic("KS717", message, Span(sys.executable), "pip install psutil")


def unexpected_error(fault: str, check: Check, span: Span) -> Diagnostic:
    """Return the finding for an examination that ended with an unexpected error."""
    message = f"`{check}` stopped with an unexpected error: {_one_line(fault)}"
    help_ = "if your code is not the cause, report this as a bug, with the spec"
    return Diagnostic("KS715", message, span, help_)


def foreign_output(text: str, span: Span) -> Diagnostic:
    """Return the finding for a candidate that writes to a pipe it did not open."""
    message = f"the code writes to a pipe that it did not open: {text!r}"
    return Diagnostic("KS716", message, span, "write to files that the code opens")


def strays(span: Span) -> Diagnostic:
    """Return the finding for a candidate that left a process running."""
    message = "the code leaves a process running, which was ended"
    help_ = "end each process that the code starts, and wait for it"
    return Diagnostic("KS718", message, span, help_)


def _amount(memory: int) -> str:
    size = memory / GIBIBYTE
    return f"{size:.3g} GiB" if size >= 1 else f"{size * 1024:.0f} MiB"


def _time(seconds: float) -> str:
    return "1 second" if seconds == 1 else f"{seconds:g} seconds"


def _end(status: int | None) -> str:
    if status is None:
        return "closed its result pipe"
    if status >= 0:
        # On Windows, errors are statuses, known by their hexadecimal digits.
        shown = f"{status:#x}" if status >= 1 << 31 else status
        return f"ended with status {shown}"
    with suppress(ValueError):
        return f"was ended by {signal.Signals(-status).name}"
    return f"was ended by signal {-status}"


def _end_help(ended: ProcessEnded) -> str:
    if ended.last:
        return f"the last line on stderr: {_one_line(ended.last)}"
    if ended.status == -_KILLED:
        return "the system may have been short of memory: close other programs"
    if ended.status in _OUT_OF_BOUNDS:
        # A failed allocation in the C++ code of a backend ends the process like this.
        return "it may have run out of memory: allow more with --memory"
    return "run it with `python -X faulthandler` to see where it ends"


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
