"""What an editor gets, before it is files."""

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
"""Where the schema of specs lies, below a project's directory."""

NAME = "keras-scaffold specs"
"""What the association of specs with the schema is called where it has a name."""


class ManagedEntry(NamedTuple):
    """A member or an item that is ours, in a file that may be the user's.

    Attributes:
        at: The way to the object or array that it belongs to, by members' names.
        key: The member's name; of an item what its field `field` says.
        value: It.
        field: What tells an item from others: a member of it, or `""` for an item that
            is a string; `None` for members.
        is_weak: Whether what is there already stays, whatever it is.
        is_needed: Whether nothing can be put into a file that says something else here.
    """

    at: tuple[str, ...]
    key: str
    value: Any
    field: str | None = None
    is_weak: bool = False
    is_needed: bool = False

    @property
    def name(self) -> str:
        """What it is called where it is remembered."""
        return " / ".join((*self.at, self.key))


class OwnedFile(NamedTuple):
    """A file that is all ours.

    Attributes:
        path: Where, below the project's directory.
        text: Its content.
        is_weak: Whether a file of the user's stays in its place.
    """

    path: str
    text: str
    is_weak: bool = False


class SharedJsonFile(NamedTuple):
    """A file in JSON with comments, of which some entries are ours.

    Attributes:
        path: Where, below the project's directory.
        entries: Tells which, given what the file says now (`None` for nothing).
    """

    path: str
    entries: Callable[[Any], Sequence[ManagedEntry]]


class SharedXmlFile(NamedTuple):
    """A file in XML, of which some elements are ours.

    Attributes:
        path: Where, below the project's directory.
        empty: The file without them.
        parent: The tag of the element that they belong in, the last one of its kind.
        elements: Their text, by what is found to say that they are there: an attribute
            of theirs, or an option's, as `name="value"`.
    """

    path: str
    empty: str
    parent: str
    elements: Mapping[str, str]


Piece = OwnedFile | SharedJsonFile | SharedXmlFile


class Unmergeable(ValueError):
    """A file that nothing can be put into: it is not what it should be.

    Attributes:
        at: Where that shows, in characters.
    """

    def __init__(self, message: str, at: int) -> None:
        """Keep the place."""
        super().__init__(message)
        self.at = at


class Merged(NamedTuple):
    """A file with our entries in it.

    Attributes:
        text: Its text.
        written: The digests of the entries that are as they are to be, by their names.
        edited: The entries that the user has changed, and where they are in the file as
            it was.
    """

    text: str
    written: dict[str, str]
    edited: list[tuple[str, int]]


class EditorProject(NamedTuple):
    """What is known of a project.

    Attributes:
        root: Its directory.
        specs: Patterns of the paths of its specs, without braces.
        has_settings: Whether its settings name the specs, so that commands find them.
    """

    root: Path
    specs: tuple[str, ...]
    has_settings: bool = False

    def fitting(self, *suffixes: str) -> list[str]:
        """Return the patterns of specs in some notations, and of those in any.

        Args:
            *suffixes: What their names end in, such as `.yaml`.
        """
        others = tuple(suffix for suffix in SUFFIXES if suffix not in suffixes)
        return [pattern for pattern in self.specs if not pattern.endswith(others)]


class EditorSetup(NamedTuple):
    """What is to be written for an editor.

    Attributes:
        targets: The files, as they are to be.
        diagnostics: Why nothing can be written; empty if all is well.
        sources: The texts that findings are about, by their paths.
        settled: What becomes of a file that is there and is to change, and the text
            that this was decided for.
    """

    targets: tuple[Target, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    settled: Mapping[Path, tuple[str, Action]]

    def settle(self, step: PlannedStep) -> Action:
        """Describe what becomes of a file: what `output.plan` wants to be told.

        Args:
            step: What is to be done about it.
        """
        before, action = self.settled.get(step.target.path, ("", "conflict"))
        return action if before == step.before else "conflict"
