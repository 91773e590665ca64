"""Group the specs and generated files on the command line by model."""

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
from scaffold.spec.limits import MAX_BYTES


class CandidateGroup(NamedTuple):
    """A spec and generated files that must all be the same model.

    Attributes:
        source: The spec, `None` for a file without a known spec.
        files: Files that were generated from it.
        is_named: Whether the spec itself is on the command line, not only a file of it.
    """

    source: Source | None
    files: list[File]
    is_named: bool


def find_groups(
    named: Sequence[str], more: Sequence[str] = ()
) -> tuple[list[CandidateGroup], list[Diagnostic]]:
    """Find specs, and the files that were generated from them.

    Args:
        named: The arguments. A name that ends in `.py` is a generated file.
        more: Specs of the project, where the spec of a file may be found.

    Returns:
        The groups, those of specs first; and findings about files that cannot be read.
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
    """Add a file to the group of its spec; create the group if there is none yet.

    Returns:
        A finding if its spec cannot be found.
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
    message = (
        f"its spec, `{note.spec}`, is neither in its directory nor in the working "
        "directory"
    )
    help_ = f"pass the spec too: `keras-scaffold verify .../{note.spec} {file.path}`"
    return [Diagnostic("KS101", message, Span(file.path), help_)]


def _spec_of(note: Note, file: File, more: Sequence[str]) -> Source | None:
    """Find the spec of a file.

    Search the directory of the file, the working directory, the project and the
    presets.
    """
    in_project = [Path(path) for path in more if note.names(Path(path).name)]
    # The tool writes a bare file name: a note with a directory was edited.
    name = note.spec if Path(note.spec).name == note.spec else ""
    nearby = (Path(file.path).parent / name, Path(name)) if name else ()
    for path in (*nearby, *in_project):
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
        data = read_start(name, MAX_BYTES)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "the file is not UTF-8 text"
        help_ = "save the file as UTF-8"
        raise Refused(Diagnostic("KS102", message, Span(name), help_)) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        message = f"the file cannot be read: {(reason or 'unknown').lower()}"
        help_ = "pass a generated file or a spec"
        raise Refused(Diagnostic("KS101", message, Span(name), help_)) from error
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES:,} bytes"
        help_ = "pass a generated file: generated files are never this large"
        raise Refused(Diagnostic("KS105", message, Span(name), help_))
    return File(text.replace("\r\n", "\n").replace("\r", "\n"), name)
