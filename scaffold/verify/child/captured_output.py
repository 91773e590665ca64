"""Captures what generated code prints while it is imported and its model is built.

The file descriptor is redirected, so that the output of C code and of other processes
is captured, too.
"""

from __future__ import annotations

import ast
import os
import sys
from contextlib import suppress
from pathlib import Path

from scaffold.diagnostics import Diagnostic, Span
from scaffold.verify.types import Candidate, Outcome

_SHOWN = 60
_MOMENTS = {"import": "it is imported", "build": "the model is built"}


class CapturedOutput:
    """A file that standard output is redirected to."""

    def __init__(self, path: Path) -> None:
        """Redirect standard output to a file."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        self._file = os.open(path, flags, 0o600)
        os.dup2(self._file, 1)

    def take(self) -> str:
        """Return the beginning of what was printed since the last call."""
        # Code may have replaced `sys.stdout`.
        with suppress(Exception):
            sys.stdout.flush()
        try:
            os.lseek(self._file, 0, os.SEEK_SET)
            text = os.read(self._file, _SHOWN * 8).decode(errors="replace")
            os.ftruncate(self._file, 0)
        except OSError:
            return ""
        return text

    def with_finding(self, outcome: Outcome, candidate: Candidate) -> Outcome:
        """Add a finding to an outcome if something was printed during its check."""
        text = self.take()
        when = _MOMENTS.get(outcome.check)
        if not text or when is None:
            return outcome
        diagnostic = _finding(text, when, candidate)
        return outcome._replace(
            says="failed", diagnostics=(*outcome.diagnostics, diagnostic)
        )


def _finding(text: str, when: str, candidate: Candidate) -> Diagnostic:
    shown = text.strip() or text
    if len(shown) > _SHOWN:
        shown = f"{shown[:_SHOWN]}..."
    help_ = "move the output to `main()`, or remove it"
    message = f"the code prints when {when}: {shown!r}"
    return Diagnostic("KS716", message, _print_span(candidate), help_)


def _print_span(candidate: Candidate) -> Span:
    """Return the location of the first `print` that may have run, or the whole file."""
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        for statement in ast.parse(candidate.text).body:
            if _is_main(statement):
                continue
            for node in ast.walk(statement):
                match node:
                    case ast.Call(func=ast.Name(id="print")) as call:
                        end = (call.end_lineno or 0, (call.end_col_offset or 0) + 1)
                        start = (call.lineno, call.col_offset + 1)
                        return Span(candidate.path, *start, *end)
    return Span(candidate.path)


def _is_main(statement: ast.stmt) -> bool:
    """Return whether a statement defines `main`, or is `if __name__ == ...`."""
    match statement:
        case ast.FunctionDef(name="main"):
            return True
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
    return False
