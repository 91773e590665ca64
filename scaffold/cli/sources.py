"""Find the specs on the command line: files, standard input, presets."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from scaffold.bounded_read import NotReadable, read_start
from scaffold.diagnostics import (
    Collector,
    Diagnostic,
    Refused,
    Span,
    did_you_mean,
    suggest,
)
from scaffold.pipeline import Source
from scaffold.spec import SUFFIXES, preset_names, preset_path
from scaffold.spec.limits import MAX_BYTES

if TYPE_CHECKING:
    from scaffold.output.note import Note

_ALL = "`keras-scaffold presets` lists the presets"


def find_source(named: str) -> Source:
    """Find a spec: a file, `-` for standard input, or the name of a preset.

    Args:
        named: The argument. A file takes precedence over a preset of the same name.

    Raises:
        Refused: There is no such file or preset, or it cannot be read.
    """
    if named == "-":
        return Source(_standard_input(), "-")
    path = Path(named)
    if named in preset_names() and not path.is_file():
        return find_preset(named)
    try:
        # `read_start` returns one byte more than the limit if the file is too large.
        data = read_start(path, MAX_BYTES, pipes=True)
    except (OSError, ValueError) as error:
        raise Refused(_unreadable(named, error)) from error
    if path.suffix == ".py" and (note := _note(data)) is not None:
        raise Refused(_code_finding(note, named))
    return Source(data, named)


def find_sources(named: Iterable[str]) -> tuple[dict[str, Source], list[Diagnostic]]:
    """Find specs; continue after one that cannot be read.

    Args:
        named: The arguments, each once.

    Returns:
        The specs that can be read, by name, and findings about the others.
    """
    sources: dict[str, Source] = {}
    collector = Collector()
    for name in named:
        source = collector.attempt(partial(find_source, name))
        if source is not None:
            sources[name] = source
    return sources, collector.diagnostics


def find_preset(name: str) -> Source:
    """Find a preset.

    Raises:
        Refused: There is no preset of that name.
    """
    path = preset_path(name)
    if path is None:
        help_ = did_you_mean(suggest(name, preset_names())[:1]) or _ALL
        message = f"there is no preset `{name}`"
        raise Refused(Diagnostic("KS101", message, Span(name), help_))
    return Source(path.read_bytes(), path.name)


def _standard_input() -> bytes:
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        is_closed = error.errno == errno.EBADF
        reason = "standard input is closed" if is_closed else error.strerror
        message = f"the spec cannot be read: {reason or 'unknown error'}"
        help_ = f"pass a file, or pipe the spec in: `... | {_command()}`"
        raise Refused(Diagnostic("KS101", message, Span("-"), help_)) from error


def _command() -> str:
    """Write the current command in the form that reads a spec from standard input."""
    context = click.get_current_context(silent=True)
    command = "check" if context is None else context.info_name
    arguments = "DIRECTORY --spec -" if command == "init" else "-"
    return f"keras-scaffold {command} {arguments}"


def _note(data: bytes) -> Note | None:
    # Imported here because `check` needs nothing else of `scaffold.output`.
    from scaffold.output.note import read_note

    return read_note(data.decode(errors="replace").replace("\r\n", "\n"))


def _code_finding(note: Note, named: str) -> Diagnostic:
    message = f"this is not a spec, but the code generated from `{note.spec}`"
    help_ = f"pass the spec, or verify the code: `keras-scaffold verify {quote(named)}`"
    return Diagnostic("KS101", message, Span(named), help_)


def _unreadable(named: str, error: Exception) -> Diagnostic:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    message = f"the spec cannot be read: {(reason or 'unknown error').lower()}"
    help_ = "pass a file that contains a spec"
    if isinstance(error, NotReadable):
        help_ = "pass a file, or `-` to read the spec from standard input"
    elif isinstance(error, PermissionError):
        help_ = "change its permissions so that you can read it"
    elif isinstance(error, FileNotFoundError):
        help_ = _near_file(named) if _is_path(named) else _near_preset(named)
    return Diagnostic("KS101", message, Span(named), help_)


def _is_path(named: str) -> bool:
    return os.path.basename(named) != named or named.endswith(SUFFIXES)


def _near_file(named: str) -> str:
    """Suggest a file with a similar name in the same directory."""
    directory, name = os.path.split(named)
    try:
        specs = [
            file for file in os.listdir(directory or ".") if file.endswith(SUFFIXES)
        ]
    except OSError:
        return f"check the path: `{directory}` cannot be opened as a directory"
    if near := suggest(name, specs):
        return did_you_mean([os.path.join(directory, near[0])])
    return f"check the path: `{directory or '.'}` has no spec with a similar name"


def _near_preset(named: str) -> str:
    near = suggest(named, preset_names())[:1]
    return did_you_mean(near, what="the preset ") or _ALL
