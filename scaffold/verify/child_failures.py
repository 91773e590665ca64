"""What a candidate can do to the process it runs in, as findings."""

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
"""What Python, C++, TensorFlow, JAX and PyTorch say of a lack of memory."""


class OutOfTime(NamedTuple):
    """It was not done in time.

    Attributes:
        seconds: The time that it had.
        is_asleep: Whether it slept for most of that.
    """

    seconds: float
    is_asleep: bool = False


class OutOfMemory(NamedTuple):
    """It took more memory than it may."""

    memory: int


class ProcessEnded(NamedTuple):
    """Its process ended, or told nothing more.

    Attributes:
        status: The process's exit status, `None` where it still ran.
        last: The last line that it wrote to standard error.
    """

    status: int | None
    last: str = ""

    @property
    def is_hungry(self) -> bool:
        """Whether it was memory that it ended for want of."""
        return lacks_memory(self.last)


_ACCESS_VIOLATION = 0xC0000005
"""How a process of Windows ends that reads memory which it does not have."""

_OUT_OF_BOUNDS = frozenset((-signal.SIGSEGV, -signal.SIGABRT, _ACCESS_VIOLATION))

Trouble = OutOfTime | OutOfMemory | ProcessEnded


def finding(trouble: Trouble, check: Check, span: Span) -> Diagnostic:
    """Describe what has become of a candidate.

    Args:
        trouble: What happened.
        check: What was being looked at.
        span: Where.
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
            return Diagnostic("KS715", message, span, _last_words(trouble))


def unfinished(
    trouble: OutOfTime | OutOfMemory, check: Check, span: Span, *, is_preparing: bool
) -> Diagnostic:
    """Report that a check was given up, though nothing shows that the code is at fault.

    Args:
        trouble: What happened.
        check: What was being looked at.
        span: Where.
        is_preparing: Whether it was the model of the spec that took so much.
    """
    what = f"`{check}` is not finished"
    if is_preparing:
        what = "nothing is compared: the model of the spec is not built and run"
    if isinstance(trouble, OutOfTime):
        message = f"{what} after {_time(trouble.seconds)}"
        help_ = f"allow more time with --timeout {math.ceil(5 * trouble.seconds)}"
    else:
        message = f"{what} within {_amount(trouble.memory)} of memory"
        help_ = f"allow more with --memory {math.ceil(2 * trouble.memory / GIBIBYTE)}"
    return Diagnostic("KS727", message, span, help_, "warning")


def lacks_memory(text: str) -> bool:
    """Return whether an error's text is about a lack of memory."""
    return any(sign in text.lower() for sign in _NO_MEMORY)


def no_backend(trouble: Trouble | str, backend: str) -> Diagnostic:
    """Report that Keras cannot be imported with a backend, and what may help."""
    match trouble:
        case str():
            reason = _one_line(trouble)
        case OutOfTime(seconds=seconds):
            reason = f"not finished after {_time(seconds)}"
        case OutOfMemory():
            reason = "not enough memory"
        case ProcessEnded():
            words = f": {_one_line(trouble.last)}" if trouble.last else ""
            reason = f"the process {_end(trouble.status)}{words}"
    message = f"Keras cannot be imported with the backend {backend}: {reason}"
    names = f"keras {backend}" if "'keras'" in reason else backend
    return Diagnostic(
        "KS717", message, Span(f"KERAS_BACKEND={backend}"), f"pip install {names}"
    )


def no_psutil(reason: str) -> Diagnostic:
    """Report that psutil cannot be imported, and into which Python it belongs.

    Args:
        reason: Why it cannot.
    """
    message = f"psutil cannot be imported: {_one_line(reason)}"
    return Diagnostic("KS717", message, Span(sys.executable), "pip install psutil")


def broken_off(fault: str, check: Check, span: Span) -> Diagnostic:
    """Report that an examination ended with an error that was not to be expected."""
    message = f"`{check}` stopped with an unexpected error: {_one_line(fault)}"
    help_ = "if your code is not the cause, report this as a bug, with the spec"
    return Diagnostic("KS715", message, span, help_)


def noise(text: str, span: Span) -> Diagnostic:
    """Report that a candidate writes to pipes that it has not opened."""
    message = f"the code writes to a pipe that it did not open: {text!r}"
    return Diagnostic("KS716", message, span, "write to files that the code opens")


def strays(span: Span) -> Diagnostic:
    """Report that a candidate has left a process behind."""
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
        # Windows puts its errors there, which are known by their digits.
        shown = f"{status:#x}" if status >= 1 << 31 else status
        return f"ended with status {shown}"
    with suppress(ValueError):
        return f"was ended by {signal.Signals(-status).name}"
    return f"was ended by signal {-status}"


def _last_words(gone: ProcessEnded) -> str:
    if gone.last:
        return f"the last line on stderr: {_one_line(gone.last)}"
    if gone.status == -_KILLED:
        return "the system may have been short of memory: close other programs"
    if gone.status in _OUT_OF_BOUNDS:
        # What a backend asks for in C++, and does not get, ends it like this.
        return "it may have run out of memory: allow more with --memory"
    return "run it with `python -X faulthandler` to see where it ends"


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
