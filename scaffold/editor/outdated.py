"""Find what an earlier run wrote into shared files, and what is not needed any more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from scaffold.editor.jsonc import read
from scaffold.editor.merge import drop
from scaffold.editor.record import WHOLE
from scaffold.editor.types import OwnedFile, Piece, SharedJsonFile, SharedXmlFile
from scaffold.editor.xml import drop_elements


def value_in(text: str) -> Any:
    """Return the value in a JSON file, `None` if it has none.

    Args:
        text: The file.

    Raises:
        Unmergeable: It is not JSON with comments.
    """
    node = read(text)
    return None if node is None else node.value


def names_of(piece: Piece, before: str) -> Collection[str]:
    """Return the names of the entries of a file in the record.

    Args:
        piece: The file.
        before: The existing file.
    """
    if isinstance(piece, OwnedFile):
        return {WHOLE}
    if isinstance(piece, SharedJsonFile):
        return {entry.name for entry in piece.entries(value_in(before))}
    return piece.elements.keys()


def without_outdated(
    piece: Piece, possible: Piece, before: str, known: Mapping[str, str]
) -> str:
    """Return a shared file without our entries that are not needed any more.

    Args:
        piece: The file with the entries that are needed.
        possible: The file with all entries that an earlier run can have written.
        before: The existing file.
        known: The digests of the entries written before, by their names.

    Raises:
        Unmergeable: The file is not what its editor writes.
    """
    if not before:
        return before
    needed = names_of(piece, before)
    if isinstance(piece, SharedJsonFile) and isinstance(possible, SharedJsonFile):
        entries = possible.entries(value_in(before))
        outdated = [entry for entry in entries if entry.name not in needed]
        return drop(before, outdated, known)
    if isinstance(piece, SharedXmlFile):
        names = [name for name in known if name not in needed]
        return drop_elements(before, piece.parent, names, known)
    return before
