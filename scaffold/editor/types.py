"""The files and entries for an editor, before they are merged and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from scaffold.diagnostics import Diagnostic
from scaffold.output import Action, PlannedStep, Target
from scaffold.spec import SUFFIXES

Editor = Literal["vscode", "zed", "sublime", "jetbrains", "vim", "emacs"]

EDITORS: tuple[Editor, ...] = get_args(Editor)

SCHEMA = ".keras-scaffold/spec.schema.json"
"""The path of the schema of specs in the directory of a project."""

NAME = "keras-scaffold specs"
"""The name of the association of specs with the schema, in editors with such names."""


class ManagedEntry(NamedTuple):
    """A member or an item that we manage in a file that the user edits, too.

    Attributes:
        at: The names of the members that lead to its object or array.
        key: The name of the member; for an item, the value of its field `field`.
        value: Its value.
        field: The member that identifies an item, or `""` for an item that is a string;
            `None` for members.
        is_weak: Whether an existing value always stays.
        is_needed: Whether a file with another value here cannot be merged.
    """

    at: tuple[str, ...]
    key: str
    value: Any
    field: str | None = None
    is_weak: bool = False
    is_needed: bool = False

    @property
    def name(self) -> str:
        """Its name in the record of what was written."""
        return " / ".join((*self.at, self.key))


class OwnedFile(NamedTuple):
    """A file that is entirely ours.

    Attributes:
        path: Its path in the directory of the project.
        text: Its content.
        is_weak: Whether an existing file of the user stays.
    """

    path: str
    text: str
    is_weak: bool = False


class SharedJsonFile(NamedTuple):
    """A file in JSON with comments that contains entries of ours.

    Attributes:
        path: Its path in the directory of the project.
        entries: Returns our entries for the current value of the file (`None` if it has
            no value).
    """

    path: str
    entries: Callable[[Any], Sequence[ManagedEntry]]


class SharedXmlFile(NamedTuple):
    """An XML file that contains elements of ours.

    Attributes:
        path: Its path in the directory of the project.
        empty: The file without our elements.
        parent: The tag of their parent; the last element with this tag is used.
        elements: Their text by name: the `key` attribute of an element, or the value of
            its option `name`.
    """

    path: str
    empty: str
    parent: str
    elements: Mapping[str, str]


Piece = OwnedFile | SharedJsonFile | SharedXmlFile


class Unmergeable(ValueError):
    """A file that entries cannot be added to, because it is not as expected.

    Attributes:
        at: The offset of the error, in characters.
    """

    def __init__(self, message: str, at: int) -> None:
        """Create the error."""
        super().__init__(message)
        self.at = at


class Merged(NamedTuple):
    """A file with our entries in it.

    Attributes:
        text: Its text.
        written: The digests of the entries that are up to date, by their names.
        edited: The entries that the user has edited, with their offsets in the original
            file.
    """

    text: str
    written: dict[str, str]
    edited: list[tuple[str, int]]


class EditorProject(NamedTuple):
    """A project.

    Attributes:
        root: Its directory.
        specs: Patterns of the paths of its specs, without braces.
        has_settings: Whether its settings list the specs, so that commands find them.
    """

    root: Path
    specs: tuple[str, ...]
    has_settings: bool = False

    def fitting(self, *suffixes: str) -> list[str]:
        """Return the patterns that can match specs with one of the suffixes.

        Args:
            *suffixes: The suffixes, such as `.yaml`.
        """
        excluded = tuple(suffix for suffix in SUFFIXES if suffix not in suffixes)
        return [pattern for pattern in self.specs if not pattern.endswith(excluded)]

    def with_everything(self) -> EditorProject:
        """Return a project that gets every file and entry that any project gets."""
        specs = (*self.specs, *(f"*{suffix}" for suffix in SUFFIXES))
        return EditorProject(self.root, specs, has_settings=True)


class EditorSetup(NamedTuple):
    """The files to write for an editor.

    Attributes:
        targets: The files with their new content.
        diagnostics: The reasons why nothing can be written; empty if there are none.
        sources: The texts that findings refer to, by their paths.
        resolved: The text that was read and what to do, for each existing file.
        obsolete: Files that were written before and are not needed any more, with
            their text.
        covered: Patterns of the specs that the editor completes and checks.
    """

    targets: tuple[Target, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    resolved: Mapping[Path, tuple[str, Action]]
    obsolete: Mapping[Path, str] = {}
    covered: tuple[str, ...] = ()

    def resolve_conflict(self, step: PlannedStep) -> Action:
        """Return what to do with a file, for `output.plan`.

        Args:
            step: The planned step for the file.
        """
        before, action = self.resolved.get(step.target.path, ("", "conflict"))
        return action if before == step.before else "conflict"
