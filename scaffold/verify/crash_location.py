"""What a child's files say of where its code is, or was when the process ended."""

from __future__ import annotations

import faulthandler
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread, main_thread
from typing import BinaryIO

_MOST = 1 << 16
_NOTES = re.compile(rb"[IWE]\d{4} |WARNING: All log messages before absl")
"""How TensorFlow's notes begin, which it writes in any case."""


def answer(pipe: int, trace: BinaryIO, number: int | None) -> None:
    """Have this process write its stack when it is asked to.

    Args:
        pipe: A pipe on which each byte asks, where no signal does.
        trace: The file to write to.
        number: The signal that asks: it is answered even while code in C keeps Python
            to itself.
    """
    if sys.platform == "win32" or number is None:
        Thread(target=_answer, args=(pipe, trace), daemon=True).start()
    else:
        faulthandler.register(number, trace)
        os.close(pipe)


def _answer(pipe: int, trace: BinaryIO) -> None:
    """Write the stack of the main thread as `faulthandler` does, for each byte."""
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
    """Return the innermost line of a module in a trace of `faulthandler`'s.

    Args:
        trace: The file with the trace, in which the innermost frame comes first.
        path: The module's file; only its name is looked for.

    Returns:
        The line, 0 where there is none.
    """
    name = re.escape(Path(path).name.encode("ascii", "backslashreplace"))
    frame = rb'^  File "(?:[^"\n]*[/\\])?%b(?:\.py)?", line (\d{1,9})' % name
    match = re.search(frame, _end(trace), re.MULTILINE)
    return int(match[1]) if match else 0


def innermost(trace: Path) -> tuple[str, int]:
    """Return the file and the line at which the thread is that got the last signal.

    Args:
        trace: The file with the trace.

    Returns:
        The file as it stands in the code object, and the line; `("", 0)` for none.
    """
    _, _, last = _end(trace).rpartition(b"Current thread")
    match = re.search(rb'^  File "([^"\n]*)", line (\d{1,9})', last, re.MULTILINE)
    return (os.fsdecode(match[1]), int(match[2])) if match else ("", 0)


def last_line(errors: Path) -> str:
    """Return the last line that says something, of what was written to stderr."""
    lines = [
        line.strip()
        for line in _end(errors).splitlines()
        if line.strip() and not _NOTES.match(line)
    ]
    return lines[-1].decode(errors="replace") if lines else ""


def _end(file: Path) -> bytes:
    with suppress(OSError), file.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _MOST))
        return stream.read(_MOST)
    return b""
