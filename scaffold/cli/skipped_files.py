"""Files that `new --style all` skips: their style cannot express the spec."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import NamedTuple

from scaffold.diagnostics import Refused, printable
from scaffold.output.disk import read_existing
from scaffold.output.note import read_note
from scaffold.styles import Fit


class SkippedFile(NamedTuple):
    """A file that is not written.

    Attributes:
        spec: The spec, as the user named it.
        path: The file.
        fit: Its style, and the obstacles.
    """

    spec: str
    path: Path
    fit: Fit

    def note(self, root: Path | None) -> str:
        """Describe why the file is skipped, with the location of the first obstacle.

        Args:
            root: A directory that no file may leave.
        """
        old = ", an older version stays:" if self.is_left_over(root) else ":"
        return f"     skip  {printable(str(self.path))}{old} {self._reason()}"

    def stale_note(self, root: Path | None) -> str:
        """Describe a file from an earlier version of the spec; `""` if there is none.

        Args:
            root: A directory that no file may leave.
        """
        if not self.is_left_over(root):
            return ""
        path = printable(str(self.path))
        return f"{path} is not up to date, remove it: {self._reason()}"

    def is_left_over(self, root: Path | None) -> bool:
        """Check whether there is a file that was generated in this style before.

        Args:
            root: A directory that no file may leave.
        """
        try:
            seen = read_existing(self.path, root)
        except Refused:
            return False
        note = read_note(seen.text) if seen is not None else None
        return note is not None and note.style == self.fit.style

    def _reason(self) -> str:
        """Describe the first obstacle, and count the others."""
        first, *others = self.fit.obstacles
        place, message = printable(str(first.span)), printable(first.message)
        reason = f"{place}: {message} [{first.code}]"
        if not others:
            return reason
        if self.spec == "-":
            return f"{reason}, and {len(others)} more"
        command = f"keras-scaffold styles {quote(printable(self.spec))}"
        return f"{reason}, and {len(others)} more: `{command}`"
