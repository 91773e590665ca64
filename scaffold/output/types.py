"""The types of this package: targets, steps and plans."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from scaffold.diagnostics import Diagnostic

Action = Literal["create", "identical", "update", "conflict", "force", "skip"]


class Target(NamedTuple):
    r"""A file to write.

    Attributes:
        path: The path as the user wrote it: absolute, or relative to the working
            directory.
        text: The whole content, with `\n` line ends and its digest line.
        data: The content of a binary file, instead of `text`.
    """

    path: Path
    text: str
    data: bytes | None = None

    @property
    def content(self) -> bytes:
        """The bytes to write to the file."""
        return self.text.encode("utf-8") if self.data is None else self.data


class PlannedStep(NamedTuple):
    """The effect of one target on the disk.

    Attributes:
        target: The file to write.
        action: `create` if no file exists, `identical` if it has this content already,
            `update` if it is an unedited generated file, `conflict` if it was edited or
            not generated, `force` to replace such a file anyway, and `skip` to keep it.
        before: The text on disk, with U+FFFD in place of invalid UTF-8; `None` if the
            file does not exist.
    """

    target: Target
    action: Action
    before: str | None

    @property
    def writes(self) -> bool:
        """Whether the step changes the disk."""
        return self.action in ("create", "update", "force")


class Plan(NamedTuple):
    """The steps to write the targets, in their order.

    Attributes:
        steps: A step for each target, except those that cannot be written.
        diagnostics: Why the plan cannot be carried out; empty if it can.
        root: The directory that no target may leave, `None` for no limit.
    """

    steps: tuple[PlannedStep, ...]
    diagnostics: tuple[Diagnostic, ...]
    root: Path | None = None
