"""Decide for each of our items in a shared file: add, update, or report a conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from scaffold.editor.record import digest
from scaffold.editor.types import Merged


class ExistingItem(NamedTuple):
    """An item that is already in the file.

    Attributes:
        start: The offset of its first character.
        is_same: Whether it is equal to ours.
        digest: Its digest, `""` if it cannot be one that we wrote.
        replaced: Returns the file with our item instead of it.
    """

    start: int
    is_same: bool
    digest: str
    replaced: Callable[[], str]


class ManagedItem(NamedTuple):
    """An item that we manage in a shared file.

    Attributes:
        name: Its name in the record of what was written.
        label: Its name in messages.
        value: Its value.
        locate: Returns the existing item, or the file with our item added.
        is_weak: Whether an existing item always stays.
    """

    name: str
    label: str
    value: Any
    locate: Callable[[str], ExistingItem | str]
    is_weak: bool = False


def put(
    text: str, wanted: Iterable[ManagedItem], known: Mapping[str, str], *, force: bool
) -> Merged:
    """Add our items to a file, and update those that we wrote before.

    An existing item with another value is replaced if its digest is that of the item
    written before; otherwise it was edited, and stays.

    Args:
        text: The file as it is.
        wanted: The items.
        known: The digests of the items written before, by their names.
        force: Whether to replace edited items as well.
    """
    before = text
    written: dict[str, str] = {}
    edited: list[tuple[str, int]] = []
    for item in wanted:
        existing = item.locate(text)
        if isinstance(existing, str):
            text = existing
        elif not item.is_weak and not existing.is_same:
            if not force and existing.digest != known.get(item.name):
                original = item.locate(before)
                start = 0 if isinstance(original, str) else original.start
                edited.append((item.label, start))
                continue
            text = existing.replaced()
        if not item.is_weak:
            written[item.name] = digest(item.value)
    return Merged(text, written, edited)
