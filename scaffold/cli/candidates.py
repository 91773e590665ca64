"""The specs and the generated files that a user names, and which belong together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from scaffold.bounded_read import read_start
from scaffold.cli.sources import find_preset, find_source
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.output.note import Note, read_note
from scaffold.pipeline import File, Source
from scaffold.spec import preset_names
from scaffold.spec.limits import MOST_BYTES


class CandidateGroup(NamedTuple):
    """What is to be one model.

    Attributes:
        source: The spec, `None` for a file by itself.
        files: Files that were generated from it.
        is_named: Whether the user named the spec, rather than a file of it.
    """

    source: Source | None
    files: list[File]
    is_named: bool


def find_groups(
    named: Sequence[str], more: Sequence[str] = ()
) -> tuple[list[CandidateGroup], list[Diagnostic]]:
    """Find specs, and the files that come from them.

    Args:
        named: What the user gave. A name that ends in `.py` is a generated file.
        more: Specs of the project, one of which may be that of a file.

    Returns:
        The groups, those of specs first; and what is wrong with what cannot be read.
    """
    groups: list[CandidateGroup] = []
    diagnostics: list[Diagnostic] = []
    for name in sorted(dict.fromkeys(named), key=_is_file):
        try:
            if _is_file(name):
                diagnostics += _add(_read(name), groups, more)
            else:
                groups.append(CandidateGroup(find_source(name), [], True))
        except Refused as refused:
            diagnostics += refused.diagnostics
    return groups, diagnostics


def _is_file(name: str) -> bool:
    return name.endswith(".py")


def _add(
    file: File, groups: list[CandidateGroup], more: Sequence[str]
) -> list[Diagnostic]:
    """Add a file to the group of its spec, which it may be the first to ask for.

    Returns:
        What is wrong with that: its spec cannot be found.
    """
    note = read_note(file.text)
    if note is None:
        groups.append(CandidateGroup(None, [file], False))
        return []
    file = file._replace(style=note.style)
    for group in groups:
        if group.source and note.names(Path(group.source.path).name):
            group.files.append(file)
            return []
    source = _spec_of(note, file, more)
    groups.append(CandidateGroup(source, [file], False))
    if source is not None:
        return []
    message = f"its spec, `{note.spec}`, is neither beside it nor here"
    help_ = f"name it as well: `keras-scaffold verify .../{note.spec} {file.path}`"
    return [Diagnostic("KS101", message, Span(file.path), help_)]


def _spec_of(note: Note, file: File, more: Sequence[str]) -> Source | None:
    """Find the spec of a file: beside it, here, in the project, or a preset."""
    known = [Path(path) for path in more if note.names(Path(path).name)]
    # It is a file's name: what has a directory in it was not written by the tool.
    named = note.spec if Path(note.spec).name == note.spec else ""
    beside = (Path(file.path).parent / named, Path(named)) if named else ()
    for path in (*beside, *known):
        with suppress(OSError, ValueError):
            if path.is_file():
                return find_source(str(path))
    for preset in preset_names():
        source = find_preset(preset)
        if note.names(source.path):
            return source
    return None


def _read(name: str) -> File:
    """Read a generated file.

    Raises:
        Refused: It cannot be read.
    """
    try:
        data = read_start(name, MOST_BYTES)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "the file is not UTF-8 text"
        help_ = "save the file as UTF-8"
        raise Refused(Diagnostic("KS102", message, Span(name), help_)) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        message = f"the file cannot be read: {(reason or 'unknown').lower()}"
        help_ = "name a file of generated code, or a spec"
        raise Refused(Diagnostic("KS101", message, Span(name), help_)) from error
    if len(data) > MOST_BYTES:
        message = f"the file has more than {MOST_BYTES:,} bytes"
        help_ = "name a file of generated code: none is as large"
        raise Refused(Diagnostic("KS105", message, Span(name), help_))
    return File(text.replace("\r\n", "\n").replace("\r", "\n"), name)
