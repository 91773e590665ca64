"""What a child's files say of where its code is, or was when the process ended."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

_MOST = 1 << 16
_NOTES = re.compile(rb"[IWE]\d{4} |WARNING: All log messages before absl")
"""How TensorFlow's notes begin, which it writes in any case."""


def line_in_trace(trace: Path, path: str) -> int:
    """Gives the innermost line of a module in a trace of `faulthandler`'s.

    Args:
        trace: The file with the trace, in which the innermost frame comes first.
        path: The module's file; only its name is looked for.

    Returns:
        The line, 0 where there is none.
    """
    name = re.escape(Path(path).name.encode("ascii", "backslashreplace"))
    frame = rb'^  File "(?:[^"\n]*[/\\])?%b(?:\.py)?", line (\d{1,9})' % name
    found = re.search(frame, _end(trace), re.MULTILINE)
    return int(found[1]) if found else 0


def innermost(trace: Path) -> tuple[str, int]:
    """Return the file and the line at which the thread is that got the last signal.

    Args:
        trace: The file with the trace.

    Returns:
        The file as it stands in the code object, and the line; `("", 0)` for none.
    """
    _, _, last = _end(trace).rpartition(b"Current thread")
    found = re.search(rb'^  File "([^"\n]*)", line (\d{1,9})', last, re.MULTILINE)
    return (os.fsdecode(found[1]), int(found[2])) if found else ("", 0)


def last_line(errors: Path) -> str:
    """Gives the last line that says something, of what was written to stderr."""
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
