"""Finds the line that a child runs, or ran last, in the files that it writes."""

from __future__ import annotations

import faulthandler
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread, main_thread
from typing import BinaryIO

_LARGEST_READ = 1 << 16
_LOG_LINE = re.compile(rb"[IWE]\d{4} |WARNING: All log messages before absl")
"""The beginning of log lines that TensorFlow writes at every start."""


def answer_stack_requests(pipe: int, trace: BinaryIO, number: int | None) -> None:
    """Have this process write its stack on request.

    Args:
        pipe: A pipe on which each byte is a request, used without a signal.
        trace: The file to write to.
        number: The signal that requests the stack; it works even while C code holds
            the GIL. `None` if the system has no such signal.
    """
    if sys.platform == "win32" or number is None:
        Thread(target=_answer_bytes, args=(pipe, trace), daemon=True).start()
    else:
        faulthandler.register(number, trace)
        os.close(pipe)


def _answer_bytes(pipe: int, trace: BinaryIO) -> None:
    """Write the stack of the main thread in the format of `faulthandler`, per byte."""
    with suppress(OSError):
        while os.read(pipe, 1):
            frame = sys._current_frames().get(main_thread().ident or 0)
            lines = ["Current thread (most recent call first):\n"]
            while frame is not None:
                code = frame.f_code
                lines.append(
                    f'  File "{code.co_filename}", line {frame.f_lineno}'
                    f" in {code.co_name}\n"
                )
                frame = frame.f_back
            trace.write("".join(lines).encode("ascii", "backslashreplace"))
            trace.flush()


def line_in_trace(trace: Path, path: str) -> int:
    """Return the innermost line of a module in a trace of `faulthandler`.

    Args:
        trace: The file with the trace; the innermost frame comes first.
        path: The file of the module; only its name is compared.

    Returns:
        The line, 0 if the module is not in the trace.
    """
    name = re.escape(Path(path).name.encode("ascii", "backslashreplace"))
    frame = rb'^  File "(?:[^"\n]*[/\\])?%b(?:\.py)?", line (\d{1,9})' % name
    match = re.search(frame, _end(trace), re.MULTILINE)
    return int(match[1]) if match else 0


def innermost(trace: Path) -> tuple[str, int]:
    """Return the innermost file and line of the thread that got the last signal.

    Args:
        trace: The file with the trace.

    Returns:
        The file name in the code object, and the line; `("", 0)` without a trace.
    """
    _, _, last = _end(trace).rpartition(b"Current thread")
    match = re.search(rb'^  File "([^"\n]*)", line (\d{1,9})', last, re.MULTILINE)
    return (os.fsdecode(match[1]), int(match[2])) if match else ("", 0)


def last_line(errors: Path) -> str:
    """Return the last line on stderr that is not empty and not a log line."""
    lines = [
        line.strip()
        for line in _end(errors).splitlines()
        if line.strip() and not _LOG_LINE.match(line)
    ]
    return lines[-1].decode(errors="replace") if lines else ""


def _end(file: Path) -> bytes:
    with suppress(OSError), file.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _LARGEST_READ))
        return stream.read(_LARGEST_READ)
    return b""
