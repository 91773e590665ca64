"""Remove a generated file that is not needed any more."""

from __future__ import annotations

import os
from pathlib import Path

from scaffold.diagnostics import Diagnostic, Refused
from scaffold.output.disk import read_existing
from scaffold.output.errors import reporting


def remove(path: Path, text: str, root: Path) -> tuple[Diagnostic, ...]:
    """Remove a file, unless it changed since it was read.

    Args:
        path: The file.
        text: Its text when it was read.
        root: A directory that the file may not leave.

    Returns:
        Why it cannot be removed; empty on success.
    """
    try:
        existing = read_existing(path, root)
        if existing is not None and existing.text == text:
            with reporting(path):
                os.unlink(path)
    except Refused as refused:
        return tuple(refused.diagnostics)
    return ()
