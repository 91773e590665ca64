"""What becomes of each thing of ours in a file that is the user's as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from scaffold.editor.record import digest
from scaffold.editor.types import Merged


class ExistingItem(NamedTuple):
    """What a file has already where something of ours is to be.

    Attributes:
        start: Its first character.
        is_same: Whether it says what ours says.
        digest: Its digest, `""` where it cannot be what we wrote.
        replaced: Gives the file with ours in its place.
    """

    start: int
    is_same: bool
    digest: str
    replaced: Callable[[], str]


class ManagedItem(NamedTuple):
    """Something of ours.

    Attributes:
        name: What it is called where it is remembered.
        shown: What it is called before the user.
        value: It.
        look: Finds what a file has in its place, or gives the file with it added.
        is_weak: Whether what is there already stays, whatever it is.
    """

    name: str
    shown: str
    value: Any
    look: Callable[[str], ExistingItem | str]
    is_weak: bool = False


def put(
    text: str, wanted: Iterable[ManagedItem], known: Mapping[str, str], *, force: bool
) -> Merged:
    """Put what is ours into a file.

    What is there and says something else is replaced if it is what was written before,
    by its digest; else it was edited, and stays.

    Args:
        text: The file as it is.
        wanted: What is to be in it.
        known: The digests of what was written, by its names.
        force: Whether what was edited is replaced as well.
    """
    before = text
    written: dict[str, str] = {}
    edited: list[tuple[str, int]] = []
    for item in wanted:
        there = item.look(text)
        if isinstance(there, str):
            text = there
        elif not item.is_weak and not there.is_same:
            if not force and there.digest != known.get(item.name):
                as_it_was = item.look(before)
                start = 0 if isinstance(as_it_was, str) else as_it_was.start
                edited.append((item.shown, start))
                continue
            text = there.replaced()
        if not item.is_weak:
            written[item.name] = digest(item.value)
    return Merged(text, written, edited)
