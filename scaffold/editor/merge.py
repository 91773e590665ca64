"""Merge our entries into a JSON file that the user edits, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from scaffold.editor.conflicts import ExistingItem, ManagedItem, put
from scaffold.editor.jsonc import JsonNode, add, has_comment, read, remove, replace
from scaffold.editor.record import digest
from scaffold.editor.types import ManagedEntry, Merged, Unmergeable

_KIND_NAMES = {"array": "a list", "object": "an object", "plain": "a plain value"}


def merge(
    text: str,
    entries: Iterable[ManagedEntry],
    known: Mapping[str, str],
    *,
    force: bool = False,
) -> Merged:
    """Add or update entries in a file, and leave every other byte unchanged.

    An existing entry with another value is updated if it is the one written before: its
    digest is known, and it contains no comment.

    Args:
        text: The file as it is, `""` for no file.
        entries: The entries.
        known: The digests of the entries written before, by their names.
        force: Whether to replace edited entries as well.

    Returns:
        The file. An edited entry is unchanged in it.

    Raises:
        Unmergeable: It is not JSON with comments, has another value instead of a list
            or an object, or another value than a required one.
    """
    wanted = (
        ManagedItem(
            entry.name, entry.key, entry.value, partial(_locate, entry), entry.is_weak
        )
        for entry in entries
    )
    return put(text, wanted, known, force=force)


def drop(text: str, entries: Iterable[ManagedEntry], known: Mapping[str, str]) -> str:
    """Remove entries that are not needed any more; those that were edited stay.

    Args:
        text: The file as it is.
        entries: The entries.
        known: The digests of the entries written before, by their names.

    Raises:
        Unmergeable: It is not JSON with comments, or has another value instead of a
            list or an object.
    """
    for entry in entries:
        existing, _ = _find(text, entry)
        is_ours = (
            existing is not None
            and not has_comment(text, existing)
            and known.get(entry.name) == digest(existing.value)
        )
        if is_ours:
            text = _without(text, entry, existing)
    return text


def _without(text: str, entry: ManagedEntry, existing: JsonNode | None) -> str:
    node = read(text)
    for name in entry.at:
        node = None if node is None else node.find(name)
    assert node is not None
    (key,) = (child.key for child in node.children if child.node is existing)
    return remove(text, node, key)


def _locate(entry: ManagedEntry, text: str) -> ExistingItem | str:
    existing, changed = _find(text, entry)
    if existing is None:
        return changed
    is_same = existing.value == entry.value
    if entry.is_needed and not is_same:
        raise Unmergeable(f"`{entry.key}` must be `{entry.value}`", existing.start)
    needs_digest = not is_same and not has_comment(text, existing)
    existing_digest = digest(existing.value) if needs_digest else ""
    replaced = partial(replace, text, existing, entry.value)
    return ExistingItem(existing.start, is_same, existing_digest, replaced)


def _find(text: str, entry: ManagedEntry) -> tuple[JsonNode | None, str]:
    """Return the existing entry, or else `None` and the text with the entry added."""
    node = read(text)
    if node is None:
        first, *inner_names = (*entry.at, entry.key)
        if entry.field is not None and not entry.at:
            return None, add(text, None, None, entry.value)
        value = _nested(inner_names[:-1], entry) if entry.at else entry.value
        return None, add(text, None, first, value)
    for number, name in enumerate(entry.at):
        _check(node, "object")
        inner = node.find(name)
        if inner is None:
            return None, add(text, node, name, _nested(entry.at[number + 1 :], entry))
        node = inner
    if entry.field is None:
        _check(node, "object")
        existing = node.find(entry.key)
        return existing, "" if existing else add(text, node, entry.key, entry.value)
    _check(node, "array")
    items = (child.node for child in node.children)
    existing = next((item for item in items if _matches(item, entry)), None)
    return existing, "" if existing else add(text, node, None, entry.value)


def _nested(names: Iterable[str], entry: ManagedEntry) -> Any:
    """Return an entry inside the parent objects that do not exist yet."""
    is_item = entry.field is not None
    value: Any = [entry.value] if is_item else {entry.key: entry.value}
    for name in reversed(list(names)):
        value = {name: value}
    return value


def _matches(node: JsonNode, entry: ManagedEntry) -> bool:
    if not entry.field:
        return bool(node.value == entry.key)
    field = node.find(entry.field)
    return field is not None and bool(field.value == entry.key)


def _check(node: JsonNode, kind: str) -> None:
    if node.kind != kind:
        raise Unmergeable(f"expected {_KIND_NAMES[kind]}", node.start)
