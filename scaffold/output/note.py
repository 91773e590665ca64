"""The note in the digest line of a generated file: its spec and style."""

from __future__ import annotations

import re
from typing import NamedTuple

from scaffold.output.digest import PLACEHOLDER, seal, sealed_note
from scaffold.styles.header import note_of

_NOTE = re.compile(r"By keras-scaffold from (.*) \(([a-z]+)(, explained)?\)")


class Note(NamedTuple):
    """The content of the note.

    Attributes:
        spec: The file name of the spec, shortened if it is too long for the line.
        style: The style of the file.
        is_explained: Whether comments explain the code.
    """

    spec: str
    style: str
    is_explained: bool = False

    def names(self, spec: str) -> bool:
        """Return whether the note names a spec with this file name."""
        text = note_of(spec, self.style, is_explained=self.is_explained)
        note = read_note(seal(f"{PLACEHOLDER}\n", text))
        return note is not None and note.spec == self.spec


def read_note(text: str) -> Note | None:
    """Read the note of a file, `None` if the file was not generated from a spec."""
    sealed = sealed_note(text)
    match = _NOTE.fullmatch(sealed) if sealed is not None else None
    return Note(match[1], match[2], bool(match[3])) if match else None
