"""JSON with comments: what stands where, and how to add to it byte by byte.

Editors keep their settings in it: JSON in which `//` and `/* */` and a comma behind the
last item are allowed. Whoever wrote such a file by hand wants back what they wrote, so
nothing is ever written out anew: `read` finds the places, `add` and `replace` change
the text there and nowhere else.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from scaffold.editor.types import Unmergeable

_COMMENT = re.compile(r"//[^\r\n]*|/\*.*?\*/", re.DOTALL)
_GAP = re.compile(rf"(?:[ \t\r\n\ufeff]|{_COMMENT.pattern})*", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\r\n]|\\.)*"')
_PLAIN = re.compile(r"-?[0-9][-+.0-9eE]*|true|false|null")
_VALUES = json.JSONDecoder(strict=False)
_DEEPEST = 100

_END = {"object": "}", "array": "]"}


class JsonNode(NamedTuple):
    """A value in a text.

    Attributes:
        kind: What it is.
        start: Its first character.
        end: The place behind its last.
        value: It, as Python has it.
        children: The members of an object, or the items of an array.
        comma: The place behind the comma that follows the last child, 0 without one.
    """

    kind: Literal["object", "array", "plain"]
    start: int
    end: int
    value: Any
    children: tuple[JsonChild, ...] = ()
    comma: int = 0

    def find(self, key: str | int) -> JsonNode | None:
        """Return a member's or an item's value, `None` where there is none.

        Args:
            key: The name of the member, of several the last as in all editors; or the
                number of the item.
        """
        fitting = [child.node for child in self.children if child.key == key]
        return fitting[-1] if fitting else None


class JsonChild(NamedTuple):
    """A member of an object, or an item of an array.

    Attributes:
        key: The member's name, or the item's number.
        start: Where it begins: a member at its name.
        node: Its value.
    """

    key: str | int
    start: int
    node: JsonNode


@lru_cache(maxsize=2)
def read(text: str) -> JsonNode | None:
    """Find what stands where; of the last two texts, this is remembered.

    Args:
        text: A whole file; a byte order mark may come first.

    Returns:
        Its value, `None` where there are at most comments.

    Raises:
        Unmergeable: It is not JSON with comments.
    """
    scanner = _JsoncScanner(text)
    start = scanner.gap(0)
    if start == len(text):
        return None
    node = scanner.node(start, 0)
    rest = scanner.gap(node.end)
    if rest < len(text):
        raise Unmergeable("nothing more should follow here", rest)
    return node


def has_comment(text: str, node: JsonNode) -> bool:
    """Return whether there is a comment within a value."""
    gaps = _STRING.sub("", text[node.start : node.end])
    return "//" in gaps or "/*" in gaps


def add(text: str, node: JsonNode | None, key: str | None, value: Any) -> str:
    """Add a member or an item behind the last one, indented as the file is.

    Args:
        text: The file.
        node: The object or array in it; `None` where it has no value: it gets one.
        key: The member's name, `None` for an item.
        value: What is added.
    """
    unit, end = _unit(text), _line_end(text)
    if node is None:
        whole = [value] if key is None else {key: value}
        gap = end if text.lstrip("\ufeff") and not text.endswith(("\n", "\r")) else ""
        return f"{text}{gap}{_written(whole, '', unit, end)}{end}"
    outer = _indentation(text, node.start)
    inner = outer + unit
    if node.children and _begins_line(text, node.children[0].start):
        inner = _indentation(text, node.children[0].start)
    name = "" if key is None else f"{json.dumps(key, ensure_ascii=False)}: "
    new = f"{end}{inner}{name}{_written(value, inner, unit, end)}"
    last = node.children[-1].node.end if node.children else node.start + 1
    # Comments behind the last one stay there: what is new comes below them.
    at = _behind_comments(text, max(last, node.comma), node.end - 1)
    rest = text[at : node.end - 1]
    if "\n" not in rest and "\r" not in rest:
        rest = end + outer + rest
    comma = "," if node.children and not node.comma else ""
    new += "," if node.comma else ""
    return f"{text[:last]}{comma}{text[last:at]}{new}{rest}{text[node.end - 1 :]}"


def replace(text: str, node: JsonNode, value: Any) -> str:
    """Put another value in the place of one."""
    indentation = _indentation(text, node.start)
    new = _written(value, indentation, _unit(text), _line_end(text))
    return text[: node.start] + new + text[node.end :]


def _behind_comments(text: str, at: int, before: int) -> int:
    """Return the place behind the last comment, where there are some between two."""
    comments = [match.end() for match in _COMMENT.finditer(text, at, before)]
    return comments[-1] if comments else at


def _written(value: Any, indentation: str, unit: str, end: str) -> str:
    text = json.dumps(value, indent=unit, ensure_ascii=False)
    return text.replace("\n", end + indentation)


def _line_end(text: str) -> str:
    match = re.search(r"\r\n|\n|\r", text)
    return match[0] if match else "\n"


def _unit(text: str) -> str:
    """Return what the file indents by: what its first indented line of a value has."""
    match = re.search(r'(?<=[\r\n])[ \t]+(?=["\[{\]}])', text)
    return match[0] if match else "  "


def _indentation(text: str, at: int) -> str:
    line = text[_line_start(text, at) : at]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _begins_line(text: str, at: int) -> bool:
    return not text[_line_start(text, at) : at].strip(" \t")


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


class _JsoncScanner:
    """Reads values one in another."""

    def __init__(self, text: str) -> None:
        self.text = text

    def gap(self, at: int) -> int:
        """Return the place behind blanks and comments."""
        match = _GAP.match(self.text, at)
        end = match.end() if match else at
        if self.text.startswith("/*", end):
            raise Unmergeable("this comment has no end", end)
        return end

    def node(self, at: int, depth: int) -> JsonNode:
        if depth > _DEEPEST:
            raise Unmergeable("this is nested too deep", at)
        if self.text.startswith("{", at):
            return self.container("object", at, depth)
        if self.text.startswith("[", at):
            return self.container("array", at, depth)
        match = _STRING.match(self.text, at) or _PLAIN.match(self.text, at)
        if not match:
            what = "this string has no end" if self.text[at : at + 1] == '"' else ""
            raise Unmergeable(what or "a value should stand here", at)
        return JsonNode("plain", at, match.end(), self.plain(match[0], at))

    def plain(self, text: str, at: int) -> Any:
        try:
            return _VALUES.decode(text)
        except ValueError as error:
            raise Unmergeable("this is no value of JSON", at) from error

    def container(
        self, kind: Literal["object", "array"], at: int, depth: int
    ) -> JsonNode:
        children: list[JsonChild] = []
        comma = 0
        place = self.gap(at + 1)
        while not self.text.startswith(_END[kind], place):
            if children and not comma:
                raise Unmergeable(f"`,` or `{_END[kind]}` should stand here", place)
            child = self.child(kind, place, len(children), depth)
            children.append(child)
            place = self.gap(child.node.end)
            comma = 0
            if self.text.startswith(",", place):
                comma = place + 1
                place = self.gap(comma)
        pairs = ((child.key, child.node.value) for child in children)
        value: Any = dict(pairs) if kind == "object" else [item for _, item in pairs]
        return JsonNode(kind, at, place + 1, value, tuple(children), comma)

    def child(self, kind: str, at: int, number: int, depth: int) -> JsonChild:
        if kind == "array":
            return JsonChild(number, at, self.node(at, depth + 1))
        name = _STRING.match(self.text, at)
        if not name:
            raise Unmergeable("a name in quotes or `}` should stand here", at)
        colon = self.gap(name.end())
        if not self.text.startswith(":", colon):
            raise Unmergeable("`:` should stand here", colon)
        node = self.node(self.gap(colon + 1), depth + 1)
        return JsonChild(str(self.plain(name[0], at)), at, node)
