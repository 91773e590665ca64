"""Our elements in an XML file of JetBrains', which is the IDE's as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
        start: Its first byte.
        inner: Where its end tag begins; its end, where it has none (`<map />`).
        end: The place behind its last byte.
    """

    start: int
    inner: int
    end: int


def merge_elements(
    text: str, element: SharedXmlFile, known: Mapping[str, str], *, force: bool = False
) -> Merged:
    """Put elements into a file, and leave every other byte alone.

    An IDE writes its files anew, in an order and with options of its own: an element
    is there if all that ours says is in it.

    Args:
        text: The file as it is, `""` for none.
        element: What is to be in it.
        known: The digests of what was written, by the elements' names.
        force: Whether elements that were edited are replaced as well.

    Returns:
        The file. An element that was edited is in it as it was.

    Raises:
        Unmergeable: It is not XML, or has no place for the elements.
    """
    wanted = (
        ManagedItem(
            name, name, ours.strip(), partial(_look, element.parent, name, ours)
        )
        for name, ours in element.elements.items()
    )
    return put(text or element.empty, wanted, known, force=force)


def _look(parent: str, name: str, ours: str, text: str) -> ExistingItem | str:
    data, new = text.encode(), ours.strip().encode()
    around, children = _find(data, parent)
    place = next((child for child in children if _named(data, child) == name), None)
    if place is None:
        return _insert(data, around, ours.encode()).decode()
    there = data[place.start : place.end]
    return ExistingItem(
        len(data[: place.start].decode()),
        _holds(_tree(there), _tree(new)),
        digest(there.decode()),
        lambda: (data[: place.start] + new + data[place.end :]).decode(),
    )


def _find(data: bytes, parent: str) -> tuple[ElementSpan, list[ElementSpan]]:
    """Find the last element of a tag, and what is in it."""
    open_: list[tuple[str, int]] = []
    done: list[tuple[str, int, ElementSpan]] = []
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
        done.append((tag, len(open_), ElementSpan(start, inner, after)))

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except ExpatError as error:
        at = len(data[: parser.ErrorByteIndex].decode("utf-8", "ignore"))
        raise Unmergeable("this is no XML", at) from error
    around = [(depth, place) for tag, depth, place in done if tag == parent]
    if not around:
        raise Unmergeable(f"there is no <{parent}> in this file", 0)
    depth, place = around[-1]
    children = [
        child
        for _, level, child in done
        if level == depth + 1 and place.start < child.start < place.end
    ]
    return place, children


def _tag_end(data: bytes, start: int) -> int:
    match = _TAG.match(data, start)
    return match.end() if match else len(data)


def _insert(data: bytes, parent: ElementSpan, new: bytes) -> bytes:
    line_end = b"\r\n" if b"\r\n" in data else b"\n"
    new = new.rstrip(b"\n").replace(b"\n", line_end)
    if parent.inner == parent.end:  # <map />
        head = data[parent.start : parent.end].removesuffix(b"/>").rstrip()
        tag = re.split(rb"[\s/>]", head[1:], maxsplit=1)[0]
        whole = head + b">" + line_end + new + line_end + b"</" + tag + b">"
        return data[: parent.start] + whole + data[parent.end :]
    before = data[: parent.inner]
    kept = before.rstrip(b" \t\r\n")
    return kept + line_end + new + before[len(kept) :] + data[parent.inner :]


def _named(data: bytes, place: ElementSpan) -> str:
    tree = _tree(data[place.start : place.end])
    options = {
        option.get("name"): option.get("value") for option in tree.findall("option")
    }
    return tree.get("key") or options.get("name") or ""


def _tree(data: bytes) -> Tree:
    return fromstring(data, XMLParser(encoding="utf-8"))


def _holds(theirs: Tree, ours: Tree) -> bool:
    """Return whether all that ours says, theirs says as well."""
    if theirs.tag != ours.tag or not ours.attrib.items() <= theirs.attrib.items():
        return False
    required = [child for child in ours if len(child) or child.get("value") != ""]
    return all(any(_holds(child, needed) for child in theirs) for needed in required)
