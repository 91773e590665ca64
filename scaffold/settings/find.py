"""Search for the pyproject.toml with settings, upwards from a directory."""

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

    The settings are in the nearest pyproject.toml, in the directory or above it, that
    has a table `[tool.keras-scaffold]`. A file without the table is skipped: a package
    inside a project may have its own pyproject.toml.

    Args:
        start: The directory, usually the working directory.

    Returns:
        The valid settings, and the findings about the others.
    """
    try:
        directory = Path(os.path.abspath(start))
    except OSError:  # the working directory was removed
        return Settings(), ()
    for parent in (directory, *directory.parents):
        path = parent / "pyproject.toml"
        if not os.path.isfile(path):  # also if the directory cannot be read
            continue
        try:
            read = _read(path)
        except Refused as refused:
            return Settings(path=_relative(path)), refused.diagnostics
        if read is not None:
            return read
    return Settings(), ()


def _read(path: Path) -> tuple[Settings, tuple[Diagnostic, ...]] | None:
    """Read one file; return `None` if it has no settings for keras-scaffold.

    Raises:
        Refused: The file cannot be read.
    """
    shown_path = _relative(path)
    try:
        data = read_start(path, LARGEST_FILE)
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        message = f"the settings cannot be read: {reason}"
        help_ = "make the file readable, or remove it"
        raise Refused(
            Diagnostic("KS101", message, Span(str(shown_path)), help_)
        ) from error
    if len(data) > LARGEST_FILE:
        message = f"the settings file is larger than {LARGEST_FILE:,} bytes"
        raise too_much(
            message, Span(str(shown_path)), "move other content to separate files"
        )
    if not _mentions_settings(data):
        return None  # the usual case: nothing more is imported
    from scaffold.settings.read import read

    return read(data, shown_path)


def _mentions_settings(data: bytes) -> bool:
    # In UTF-16, which TOML does not allow, every second byte of the name is 0.
    return _NAME in data or b"\0" in data and _NAME in data.replace(b"\0", b"")


def _relative(path: Path) -> Path:
    """Return a path relative to the working directory, for findings."""
    try:
        return Path(os.path.relpath(path))
    except (OSError, ValueError):  # it is on another drive
        return path
