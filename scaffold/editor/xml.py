"""Merge our elements into an XML file that a JetBrains IDE writes, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple
from xml.etree.ElementTree import Element as Tree
from xml.etree.ElementTree import XMLParser, fromstring
from xml.parsers.expat import ExpatError, ParserCreate

from scaffold.editor.conflicts import ExistingItem, ManagedItem, put
from scaffold.editor.record import digest
from scaffold.editor.types import Merged, SharedXmlFile, Unmergeable

_TAG = re.compile(rb"""<(?:"[^"]*"|'[^']*'|[^"'>])*>""")


class ElementSpan(NamedTuple):
    """An element in a file, in bytes.

    Attributes:
        start: The offset of its first byte.
        inner: The offset of its end tag; equal to `end` for `<map />`.
        end: The offset after its last byte.
    """

    start: int
    inner: int
    end: int


def merge_elements(
    text: str, element: SharedXmlFile, known: Mapping[str, str], *, force: bool = False
) -> Merged:
    """Add or update elements in a file, and leave every other byte unchanged.

    An IDE rewrites its files in its own order and adds options, so an existing element
    is equal to ours if it contains everything that ours contains.

    Args:
        text: The file as it is, `""` for no file.
        element: The elements.
        known: The digests of the elements written before, by their names.
        force: Whether to replace edited elements as well.

    Returns:
        The file. An edited element is unchanged in it.

    Raises:
        Unmergeable: It is not XML, or does not contain the parent of the elements.
    """
    wanted = (
        ManagedItem(
            name, name, ours.strip(), partial(_locate, element.parent, name, ours)
        )
        for name, ours in element.elements.items()
    )
    return put(text or element.empty, wanted, known, force=force)


def drop_elements(
    text: str, parent: str, names: Iterable[str], known: Mapping[str, str]
) -> str:
    """Remove elements that are not needed any more; those that were edited stay.

    Args:
        text: The file as it is.
        parent: The tag of their parent.
        names: The names of the elements.
        known: The digests of the elements written before, by their names.

    Raises:
        Unmergeable: It is not XML, or does not contain the parent.
    """
    for name in names:
        data = text.encode()
        _, children = _find(data, parent)
        for span in children:
            existing = data[span.start : span.end].decode()
            if _name_of(data, span) == name and digest(existing) == known.get(name):
                before = data[: span.start].rstrip(b" \t\r\n")
                text = (before + data[span.end :]).decode()
    return text


def _locate(parent: str, name: str, ours: str, text: str) -> ExistingItem | str:
    data, new = text.encode(), ours.strip().encode()
    parent_span, children = _find(data, parent)
    span = next((child for child in children if _name_of(data, child) == name), None)
    if span is None:
        return _insert(data, parent_span, ours.encode()).decode()
    existing = data[span.start : span.end]
    return ExistingItem(
        len(data[: span.start].decode()),
        _contains(_tree(existing), _tree(new)),
        digest(existing.decode()),
        lambda: (data[: span.start] + new + data[span.end :]).decode(),
    )


def _find(data: bytes, parent: str) -> tuple[ElementSpan, list[ElementSpan]]:
    """Return the last element with a tag, and its children."""
    open_: list[tuple[str, int]] = []
    closed: list[tuple[str, int, ElementSpan]] = []
    parser = ParserCreate("utf-8")

    def begin(tag: str, attributes: dict[str, str]) -> None:
        open_.append((tag, parser.CurrentByteIndex))

    def end(tag: str) -> None:
        _, start = open_.pop()
        opening = _tag_end(data, start)
        inner = after = opening
        if not data.endswith(b"/>", start, opening):
            inner = parser.CurrentByteIndex
            after = _tag_end(data, inner)
        closed.append((tag, len(open_), ElementSpan(start, inner, after)))

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except ExpatError as error:
        at = len(data[: parser.ErrorByteIndex].decode("utf-8", "ignore"))
        raise Unmergeable("not valid XML", at) from error
    parents = [(depth, span) for tag, depth, span in closed if tag == parent]
    if not parents:
        raise Unmergeable(f"the file has no <{parent}> element", 0)
    depth, parent_span = parents[-1]
    children = [
        child
        for _, level, child in closed
        if level == depth + 1 and parent_span.start < child.start < parent_span.end
    ]
    return parent_span, children


def _tag_end(data: bytes, start: int) -> int:
    match = _TAG.match(data, start)
    return match.end() if match else len(data)


def _insert(data: bytes, parent: ElementSpan, new: bytes) -> bytes:
    line_end = b"\r\n" if b"\r\n" in data else b"\n"
    new = new.rstrip(b"\n").replace(b"\n", line_end)
    if parent.inner == parent.end:  # <map />
        head = data[parent.start : parent.end].removesuffix(b"/>").rstrip()
        tag = re.split(rb"[\s/>]", head[1:], maxsplit=1)[0]
        replaced = head + b">" + line_end + new + line_end + b"</" + tag + b">"
        return data[: parent.start] + replaced + data[parent.end :]
    before = data[: parent.inner]
    content = before.rstrip(b" \t\r\n")
    return content + line_end + new + before[len(content) :] + data[parent.inner :]


def _name_of(data: bytes, span: ElementSpan) -> str:
    tree = _tree(data[span.start : span.end])
    options = {
        option.get("name"): option.get("value") for option in tree.findall("option")
    }
    return tree.get("key") or options.get("name") or ""


def _tree(data: bytes) -> Tree:
    return fromstring(data, XMLParser(encoding="utf-8"))


def _contains(existing: Tree, ours: Tree) -> bool:
    """Return whether an existing element contains everything that ours contains."""
    if existing.tag != ours.tag or not ours.attrib.items() <= existing.attrib.items():
        return False
    required = [child for child in ours if len(child) or child.get("value") != ""]
    return all(
        any(_contains(child, needed) for child in existing) for needed in required
    )
