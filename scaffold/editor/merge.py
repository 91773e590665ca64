"""Our entries in a file that is the user's as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from scaffold.editor.conflicts import ExistingItem, ManagedItem, put
from scaffold.editor.jsonc import JsonNode, add, has_comment, read, replace
from scaffold.editor.record import digest
from scaffold.editor.types import ManagedEntry, Merged, Unmergeable

_WORDS = {"array": "a list", "object": "an object", "plain": "a plain value"}


def merge(
    text: str,
    entries: Iterable[ManagedEntry],
    known: Mapping[str, str],
    *,
    force: bool = False,
) -> Merged:
    """Put entries into a file, and leave every other byte alone.

    An entry that is there and says something else is brought up to date if it is what
    was written before: its digest is known, and nobody put a comment into it.

    Args:
        text: The file as it is, `""` for none.
        entries: What is to be in it.
        known: The digests of what was written, by the entries' names.
        force: Whether entries that were edited are replaced as well.

    Returns:
        The file. An entry that was edited is in it as it was.

    Raises:
        Unmergeable: It is not JSON with comments, or has something else where a list or
            an object is needed, or another value than one that is needed.
    """
    wanted = (
        ManagedItem(
            entry.name, entry.key, entry.value, partial(_look, entry), entry.is_weak
        )
        for entry in entries
    )
    return put(text, wanted, known, force=force)


def _look(entry: ManagedEntry, text: str) -> ExistingItem | str:
    there, changed = _find(text, entry)
    if there is None:
        return changed
    is_same = there.value == entry.value
    if entry.is_needed and not is_same:
        raise Unmergeable(f"`{entry.key}` has to be `{entry.value}`", there.start)
    own = "" if is_same or has_comment(text, there) else digest(there.value)
    return ExistingItem(
        there.start, is_same, own, partial(replace, text, there, entry.value)
    )


def _find(text: str, entry: ManagedEntry) -> tuple[JsonNode | None, str]:
    """Find an entry, or return the text with it, one of the two."""
    node = read(text)
    if node is None:
        first, *rest = (*entry.at, entry.key)
        if entry.field is not None and not entry.at:
            return None, add(text, None, None, entry.value)
        value = _around(rest[:-1], entry) if entry.at else entry.value
        return None, add(text, None, first, value)
    for number, name in enumerate(entry.at):
        _check(node, "object")
        inner = node.find(name)
        if inner is None:
            return None, add(text, node, name, _around(entry.at[number + 1 :], entry))
        node = inner
    if entry.field is None:
        _check(node, "object")
        there = node.find(entry.key)
        return there, "" if there else add(text, node, entry.key, entry.value)
    _check(node, "array")
    items = (child.node for child in node.children)
    there = next((item for item in items if _is(item, entry)), None)
    return there, "" if there else add(text, node, None, entry.value)


def _around(names: Iterable[str], entry: ManagedEntry) -> Any:
    """Return an entry with the objects around it that are not there yet."""
    is_item = entry.field is not None
    value: Any = [entry.value] if is_item else {entry.key: entry.value}
    for name in reversed(list(names)):
        value = {name: value}
    return value


def _is(node: JsonNode, entry: ManagedEntry) -> bool:
    if not entry.field:
        return bool(node.value == entry.key)
    field = node.find(entry.field)
    return field is not None and bool(field.value == entry.key)


def _check(node: JsonNode, kind: str) -> None:
    if node.kind != kind:
        raise Unmergeable(f"{_WORDS[kind]} should stand here", node.start)
