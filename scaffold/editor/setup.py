"""Determine the files that set up an editor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scaffold.catalogue import load
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.editor import emacs, jetbrains, sublime, toml, vim, vscode, zed
from scaffold.editor.merge import merge
from scaffold.editor.outdated import names_of, value_in, without_outdated
from scaffold.editor.record import PATH, WHOLE, digest, read_record, write_record
from scaffold.editor.schema import spec_schema, write_schema
from scaffold.editor.types import (
    SCHEMA,
    Editor,
    EditorProject,
    EditorSetup,
    Merged,
    OwnedFile,
    Piece,
    SharedJsonFile,
    Unmergeable,
)
from scaffold.editor.xml import merge_elements
from scaffold.output import Action, Target
from scaffold.output.disk import read_existing

_PIECES: Mapping[Editor, Callable[[EditorProject], list[Piece]]] = {
    "vscode": vscode.pieces,
    "zed": zed.pieces,
    "sublime": sublime.pieces,
    "jetbrains": jetbrains.pieces,
    "vim": vim.pieces,
    "emacs": emacs.pieces,
}

_SCHEMA_SUFFIXES: Mapping[Editor, tuple[str, ...]] = {
    "vscode": (".yaml", ".yml", ".json"),
    "zed": (".yaml", ".yml"),
    "sublime": (".yaml", ".yml", ".json"),
    "jetbrains": (".yaml", ".yml", ".json"),
    "vim": (".yaml", ".yml", ".json"),
    "emacs": (".yaml", ".yml"),
}
"""The suffixes of specs that the settings of each editor associate with the schema."""

_SKIP = "keep it with --skip, or replace it with --force"
_FIX = "fix the file, or move it away"


def set_up(
    editor: Editor,
    root: Path,
    specs: Sequence[str],
    *,
    has_settings: bool = False,
    force: bool = False,
    skip: bool = False,
) -> EditorSetup:
    """Determine the files that set up an editor. Reads the existing files.

    Entries and files that an earlier run wrote, and that are not needed any more, are
    removed unless they were edited.

    Args:
        editor: The editor.
        root: The directory of the project.
        specs: Patterns of the paths of specs in that directory, without braces.
        has_settings: Whether the settings of the project list the specs, so that
            commands without arguments use all of them.
        force: Whether to replace what was edited.
        skip: Whether to keep what was edited, and update the rest.
    """
    project = EditorProject(root, tuple(specs), has_settings)
    collector = _SetupCollector(root, force, skip)
    largest = project.with_everything()
    possible: dict[str, Piece] = {
        piece.path: piece
        for piece in (*_PIECES[editor](largest), *toml.all_pieces(largest))
    }
    for piece in (*_PIECES[editor](project), *toml.pieces(project)):
        collector.add(piece, possible.pop(piece.path))
    for path in possible:
        collector.drop(path)
    schema = OwnedFile(SCHEMA, write_schema(spec_schema(load())))
    collector.add(schema, schema)
    covered = project.fitting(*_SCHEMA_SUFFIXES[editor])
    if any(map(collector.writes, toml.pieces(project))):
        covered = project.fitting(*_SCHEMA_SUFFIXES[editor], ".toml")
    return collector.finish(covered)


class _SetupCollector:
    """Collect files, and the reasons why some cannot be written."""

    def __init__(self, root: Path, force: bool, skip: bool) -> None:
        self.root = root
        self.force = force
        self.skip = skip
        self.targets: list[Target] = []
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[str, str] = {}
        self.resolved: dict[Path, tuple[str, Action]] = {}
        self.obsolete: dict[Path, str] = {}
        self.known = self.before(PATH)
        self.record = read_record(self.known or "")

    def before(self, path: str) -> str | None:
        """Return the existing file, `None` if there is none."""
        try:
            seen = read_existing(self.root / path, self.root)
        except Refused as refused:
            self.diagnostics += refused.diagnostics
            return None
        try:
            return None if seen is None else seen.raw.decode("utf-8")
        except UnicodeDecodeError:
            self.refuse(path, "", "the file is not UTF-8 text", 0)
            return None

    def add(self, piece: Piece, possible: Piece) -> None:
        """Add a file, or findings if it cannot be written.

        Args:
            piece: The file.
            possible: The file with everything that an earlier run can have written.
        """
        count = len(self.diagnostics)
        before = self.before(piece.path)
        if len(self.diagnostics) > count:
            return
        known = self.record.get(piece.path, {})
        try:
            text = without_outdated(piece, possible, before or "", known)
            merged = self.merged(piece, text, known)
        except Unmergeable as error:
            self.refuse(piece.path, before or "", str(error), error.at)
            return
        if merged.edited and not self.skip:
            self.conflicts(piece.path, before or "", merged)
            return
        if before is None and not merged.text:
            return
        self.record[piece.path] = {
            name: merged.written.get(name, known.get(name, ""))
            for name in (*known, *merged.written)
            if name in names_of(piece, before or "")
        }
        self.put(piece.path, before, merged.text)

    def writes(self, file: OwnedFile) -> bool:
        """Return whether a file is written, instead of keeping one of the user."""
        return Target(self.root / file.path, file.text) in self.targets

    def drop(self, path: str) -> None:
        """Remove a file that an earlier run wrote, unless it was edited."""
        known = self.record.pop(path, None)
        if known is None:
            return
        before = self.before(path)
        if before is not None and digest(before) == known.get(WHOLE):
            self.obsolete[self.root / path] = before

    def merged(self, piece: Piece, before: str, known: Mapping[str, str]) -> Merged:
        if isinstance(piece, OwnedFile):
            return self.owned(piece, before, known)
        if isinstance(piece, SharedJsonFile):
            entries = piece.entries(value_in(before))
            return merge(before, entries, known, force=self.force)
        return merge_elements(before, piece, known, force=self.force)

    def owned(self, piece: OwnedFile, before: str, known: Mapping[str, str]) -> Merged:
        is_ours = digest(before) in (known.get(WHOLE), digest(piece.text))
        if before and not is_ours and (piece.is_weak or not self.force):
            return Merged(before, {}, [] if piece.is_weak else [("", 0)])
        return Merged(piece.text, {WHOLE: digest(piece.text)}, [])

    def put(self, path: str, before: str | None, text: str) -> None:
        """Add a target, and record what to do with the existing file."""
        target = self.root / path
        self.targets.append(Target(target, text))
        if before is not None:
            self.resolved[target] = (before, "update")

    def conflicts(self, path: str, before: str, merged: Merged) -> None:
        for name, at in merged.edited:
            subject = f"`{name}`" if name else "the file"
            message = f"{subject} was edited, or not written by keras-scaffold"
            span = self.span(path, before, at) if name else Span(str(self.root / path))
            self.diagnostics.append(Diagnostic("KS601", message, span, _SKIP))

    def refuse(self, path: str, text: str, message: str, at: int) -> None:
        span = self.span(path, text, at)
        self.diagnostics.append(Diagnostic("KS611", message, span, _FIX))

    def span(self, path: str, text: str, at: int) -> Span:
        """Return the position of a character in a file."""
        name = str(self.root / path)
        if not text:
            return Span(name)
        self.sources[name] = text.removeprefix("\ufeff")
        before = text[:at].removeprefix("\ufeff").replace("\r\n", "\n")
        lines = before.replace("\r", "\n").split("\n")
        line, column = len(lines), len(lines[-1]) + 1
        return Span(name, line, column, line, column + 1)

    def finish(self, covered: Sequence[str]) -> EditorSetup:
        """Return all files, including the record of what was written."""
        self.put(PATH, self.known, write_record(self.record))
        return EditorSetup(
            tuple(sorted(self.targets)),
            tuple(self.diagnostics),
            self.sources,
            self.resolved,
            self.obsolete,
            tuple(covered),
        )
