"""The tasks for specs, the same in every editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scaffold.editor.types import EditorProject
from scaffold.styles import STYLES

COMMAND = "keras-scaffold"

FILE = "{file}"
STYLE = "{style}"
PRESET = "{preset}"
"""Placeholders for the open file, and for what the user is asked."""

_SHORT = ("--format", "short")


class Task(NamedTuple):
    """A task.

    Attributes:
        name: Its name; editors show it with the prefix `keras-scaffold: `.
        arguments: The arguments of the command, including placeholders like `{file}`.
        is_background: Whether it runs until it is stopped.
    """

    name: str
    arguments: tuple[str, ...]
    is_background: bool = False

    @property
    def label(self) -> str:
        """The name that editors show."""
        return f"{COMMAND}: {self.name}"

    def filled(self, values: Mapping[str, str]) -> list[str]:
        """Return the arguments in the notation of an editor.

        Args:
            values: The editor's values for placeholders like `{file}`.
        """
        return [values.get(argument, argument) for argument in self.arguments]

    @property
    def asks(self) -> bool:
        """Whether the task prompts the user."""
        return STYLE in self.arguments or PRESET in self.arguments


_ALL_SPECS = (
    Task("generate all specs", ("new", *_SHORT)),
    Task("check all specs", ("check", *_SHORT)),
)
"""The tasks for all specs of a project at once."""


def tasks_of(project: EditorProject) -> list[Task]:
    """Return the tasks.

    Args:
        project: The project. The tasks for all specs are only included if its settings
            list the specs, since the commands find them there.
    """
    return [
        Task("generate", ("new", FILE, *_SHORT)),
        *(
            Task(f"generate {style}", ("new", FILE, "--style", style, *_SHORT))
            for style in STYLES
        ),
        Task("generate a preset", ("new", PRESET, "--style", STYLE, *_SHORT)),
        Task("check", ("check", FILE, *_SHORT)),
        Task("verify", ("verify", FILE, *_SHORT)),
        Task("watch", ("new", FILE, "--watch", *_SHORT), is_background=True),
        *(_ALL_SPECS if project.has_settings else ()),
    ]
