"""The pyproject.toml that says something to us, looked for upwards."""

from __future__ import annotations

import os
from pathlib import Path

from scaffold.bounded_read import LARGEST_FILE, read_start
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.settings.types import Settings
from scaffold.spec.limits import too_much

_NAME = b"keras-scaffold"


def read_settings(start: Path) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Read the settings of the project that a directory belongs to.

    They are in the nearest pyproject.toml, in the directory itself or above it, that
    has a table `[tool.keras-scaffold]`. One without it is passed by: a package inside
    of a project may have its own.

    Args:
        start: The directory, mostly the working directory.

    Returns:
        The settings, without those that are wrong; and what is wrong with them.
    """
    try:
        directory = Path(os.path.abspath(start))
    except OSError:  # the working directory is gone
        return Settings(), ()
    for place in (directory, *directory.parents):
        path = place / "pyproject.toml"
        if not os.path.isfile(path):  # a locked directory above has none for us
            continue
        try:
            read = _read(path)
        except Refused as refused:
            return Settings(path=_seen(path)), refused.diagnostics
        if read is not None:
            return read
    return Settings(), ()


def _read(path: Path) -> tuple[Settings, tuple[Diagnostic, ...]] | None:
    """Read one file; `None` where it says nothing to us.

    Raises:
        Refused: It cannot be read.
    """
    seen = _seen(path)
    try:
        data = read_start(path, LARGEST_FILE)
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        message = f"the settings cannot be read: {reason}"
        help_ = "make it a file that can be read, or remove it"
        raise Refused(Diagnostic("KS101", message, Span(str(seen)), help_)) from error
    if len(data) > LARGEST_FILE:
        message = f"the settings are in a file of more than {LARGEST_FILE:,} bytes"
        raise too_much(
            message, Span(str(seen)), "keep other things in files of their own"
        )
    if not _names_us(data):
        return None  # most files: nothing more has to be imported for them
    from scaffold.settings.read import read

    return read(data, seen)


def _names_us(data: bytes) -> bool:
    # In UTF-16, which no TOML is, every other byte of it is 0.
    return _NAME in data or b"\0" in data and _NAME in data.replace(b"\0", b"")


def _seen(path: Path) -> Path:
    """Return a path as seen from where we run, which is how findings name it."""
    try:
        return Path(os.path.relpath(path))
    except (OSError, ValueError):  # it is on another drive
        return path
