"""What a generated file says of where it comes from, in the line with its digest."""

from __future__ import annotations

import re
from typing import NamedTuple

from scaffold.output.digest import PLACEHOLDER, seal, sealed_note
from scaffold.styles.header import note_of

_SAYS = re.compile(r"By keras-scaffold from (.*) \(([a-z]+)\)")


class Note(NamedTuple):
    """What the first comment of a generated file says.

    Attributes:
        spec: The file name of its spec, as far as there was room for it.
        style: Its style.
    """

    spec: str
    style: str

    def names(self, spec: str) -> bool:
        """Return whether it names a spec of some file name."""
        note = read_note(seal(f"{PLACEHOLDER}\n", note_of(spec, self.style)))
        return note is not None and note.spec == self.spec


def read_note(text: str) -> Note | None:
    """Read what a file says of its spec; `None` where it is no generated one."""
    sealed = sealed_note(text)
    match = _SAYS.fullmatch(sealed) if sealed is not None else None
    return Note(match[1], match[2]) if match else None
