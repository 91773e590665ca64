"""What is offered to do with a spec, in every editor alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scaffold.editor.types import EditorProject
from scaffold.styles import STYLES

COMMAND = "keras-scaffold"

FILE = "{file}"
STYLE = "{style}"
PRESET = "{preset}"
"""What stands for the file that is open, and for what the user is asked."""

_SHORT = ("--format", "short")


class Task(NamedTuple):
    """Something to do.

    Attributes:
        name: What it is called; editors show it with `keras-scaffold: ` before it.
        arguments: Those of the command, `{file}` and the like among them.
        is_background: Whether it stays until it is stopped.
    """

    name: str
    arguments: tuple[str, ...]
    is_background: bool = False

    @property
    def label(self) -> str:
        """What editors show."""
        return f"{COMMAND}: {self.name}"

    def filled(self, values: Mapping[str, str]) -> list[str]:
        """Return the arguments as an editor wants them.

        Args:
            values: What it has for `{file}` and the like.
        """
        return [values.get(argument, argument) for argument in self.arguments]

    @property
    def asks(self) -> bool:
        """Whether the user is asked for something."""
        return STYLE in self.arguments or PRESET in self.arguments


_OF_ALL = (
    Task("generate all specs", ("new", *_SHORT)),
    Task("check all specs", ("check", *_SHORT)),
)
"""What there is to do with all specs of a project at once."""


def tasks_of(project: EditorProject) -> list[Task]:
    """List what there is to do.

    Args:
        project: The project. Only where its settings name the specs, commands know
            what all of them are.
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
        *(_OF_ALL if project.has_settings else ()),
    ]
