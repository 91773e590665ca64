"""What is to be written, and what that means for the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from scaffold.diagnostics import Diagnostic

Action = Literal["create", "identical", "update", "conflict", "force", "skip"]


class Target(NamedTuple):
    r"""One file to be.

    Attributes:
        path: Where, as the user gave it: absolute, or relative to where we run.
        text: All of the content, with `\n` line ends and its digest line in place.
        data: The content of a file that is no text in UTF-8, instead.
    """

    path: Path
    text: str
    data: bytes | None = None

    @property
    def content(self) -> bytes:
        """What is to be in the file."""
        return self.text.encode("utf-8") if self.data is None else self.data


class PlannedStep(NamedTuple):
    """What one target means for the disk.

    Attributes:
        target: The file to be.
        action: `create` where there is none, `identical` where nothing is to do,
            `update` where our own file is untouched, `conflict` where it was edited or
            is not ours, `force` where such a file is to be replaced all the same, and
            `skip` where it is to stay.
        before: The text on disk, with U+FFFD for what is not UTF-8; None without one.
    """

    target: Target
    action: Action
    before: str | None

    @property
    def writes(self) -> bool:
        """Whether the step changes the disk."""
        return self.action in ("create", "update", "force")


class Plan(NamedTuple):
    """What is to be done, in the order of the targets.

    Attributes:
        steps: One for each target that may be a file at all.
        diagnostics: Why the plan cannot be carried out; empty if it can.
        root: The directory that nothing leaves, if there is one.
    """

    steps: tuple[PlannedStep, ...]
    diagnostics: tuple[Diagnostic, ...]
    root: Path | None = None
