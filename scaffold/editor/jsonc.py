"""JSON with comments: read it with positions, and edit it without reformatting.

Editors store their settings in this format: JSON that allows `//` and `/* */` comments
and a comma after the last item. Users write such files by hand, so all that we do not
change keeps its bytes: `read` returns the positions of all values, and `add` and
`replace` change the text only there.
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
        kind: Its kind.
        start: The offset of its first character.
        end: The offset after its last character.
        value: The value in Python.
        children: The members of an object, or the items of an array.
        comma: The offset after the comma that follows the last child, 0 without one.
    """

    kind: Literal["object", "array", "plain"]
    start: int
    end: int
    value: Any
    children: tuple[JsonChild, ...] = ()
    comma: int = 0

    def find(self, key: str | int) -> JsonNode | None:
        """Return the value of a member or an item, `None` if there is none.

        Args:
            key: The name of the member (the last one of that name, as in all editors),
                or the number of the item.
        """
        matching = [child.node for child in self.children if child.key == key]
        return matching[-1] if matching else None


class JsonChild(NamedTuple):
    """A member of an object, or an item of an array.

    Attributes:
        key: The name of the member, or the number of the item.
        start: The offset where it starts; a member starts at its name.
        node: Its value.
    """

    key: str | int
    start: int
    node: JsonNode


@lru_cache(maxsize=2)
def read(text: str) -> JsonNode | None:
    """Parse a file; the results for the last two texts are cached.

    Args:
        text: The content of the file; it can start with a byte order mark.

    Returns:
        The value in the file, `None` if it has no value.

    Raises:
        Unmergeable: It is not JSON with comments.
    """
    scanner = _JsoncScanner(text)
    start = scanner.gap(0)
    if start == len(text):
        return None
    node = scanner.node(start, 0)
    after = scanner.gap(node.end)
    if after < len(text):
        raise Unmergeable("expected the end of the file", after)
    return node


def has_comment(text: str, node: JsonNode) -> bool:
    """Return whether a value contains a comment."""
    gaps = _STRING.sub("", text[node.start : node.end])
    return "//" in gaps or "/*" in gaps


def add(text: str, node: JsonNode | None, key: str | None, value: Any) -> str:
    """Add a member or an item after the last one, in the indentation of the file.

    Args:
        text: The file.
        node: The object or array to add to; `None` if the file has no value, to create
            one.
        key: The name of the member, `None` for an item.
        value: The value to add.
    """
    unit, end = _unit(text), _line_end(text)
    if node is None:
        document = [value] if key is None else {key: value}
        gap = end if text.lstrip("\ufeff") and not text.endswith(("\n", "\r")) else ""
        return f"{text}{gap}{_dump(document, '', unit, end)}{end}"
    outer = _indentation(text, node.start)
    inner = outer + unit
    if node.children and _starts_line(text, node.children[0].start):
        inner = _indentation(text, node.children[0].start)
    name = "" if key is None else f"{json.dumps(key, ensure_ascii=False)}: "
    new = f"{end}{inner}{name}{_dump(value, inner, unit, end)}"
    last = node.children[-1].node.end if node.children else node.start + 1
    # Comments after the last child stay there, and the new one is added below them.
    at = _after_comments(text, max(last, node.comma), node.end - 1)
    tail = text[at : node.end - 1]
    if "\n" not in tail and "\r" not in tail:
        tail = end + outer + tail
    comma = "," if node.children and not node.comma else ""
    new += "," if node.comma else ""
    return f"{text[:last]}{comma}{text[last:at]}{new}{tail}{text[node.end - 1 :]}"


def replace(text: str, node: JsonNode, value: Any) -> str:
    """Replace a value."""
    indentation = _indentation(text, node.start)
    new = _dump(value, indentation, _unit(text), _line_end(text))
    return text[: node.start] + new + text[node.end :]


def remove(text: str, node: JsonNode, key: str | int) -> str:
    """Remove a member or an item, with its comma and its line; comments stay.

    Args:
        text: The file.
        node: The object or array that contains it.
        key: The name of the member, or the number of the item.
    """
    number = max(n for n, child in enumerate(node.children) if child.key == key)
    child = node.children[number]
    start, end = child.start, child.node.end
    is_last = number == len(node.children) - 1
    if not is_last or node.comma:
        comma = _comma(text, end)
        if text[end:comma].strip(" \t\r\n"):  # a comment is before the comma
            text = text[:comma] + text[comma + 1 :]
        else:
            end = comma + 1
    elif number:
        comma = _comma(text, node.children[number - 1].node.end)
        text = text[:comma] + text[comma + 1 :]
        start, end = start - 1, end - 1
    after = text[end:].lstrip(" \t")
    if _starts_line(text, start) and after.startswith(("\r", "\n")):
        start = len(text[:start].rstrip(" \t\r\n"))
    elif not is_last:
        end = len(text) - len(after)
    return text[:start] + text[end:]


def _comma(text: str, at: int) -> int:
    """Return the offset of the next comma, after whitespace and comments."""
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _after_comments(text: str, at: int, before: int) -> int:
    """Return the offset after the last comment in a range, or its start."""
    comments = [match.end() for match in _COMMENT.finditer(text, at, before)]
    return comments[-1] if comments else at


def _dump(value: Any, indentation: str, unit: str, end: str) -> str:
    text = json.dumps(value, indent=unit, ensure_ascii=False)
    return text.replace("\n", end + indentation)


def _line_end(text: str) -> str:
    match = re.search(r"\r\n|\n|\r", text)
    return match[0] if match else "\n"


def _unit(text: str) -> str:
    """Return the indentation unit: that of the first indented line with a value."""
    match = re.search(r'(?<=[\r\n])[ \t]+(?=["\[{\]}])', text)
    return match[0] if match else "  "


def _indentation(text: str, at: int) -> str:
    line = text[_line_start(text, at) : at]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _starts_line(text: str, at: int) -> bool:
    return not text[_line_start(text, at) : at].strip(" \t")


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


class _JsoncScanner:
    """Parse nested values."""

    def __init__(self, text: str) -> None:
        self.text = text

    def gap(self, at: int) -> int:
        """Return the offset after whitespace and comments."""
        match = _GAP.match(self.text, at)
        end = match.end() if match else at
        if self.text.startswith("/*", end):
            raise Unmergeable("unterminated comment", end)
        return end

    def node(self, at: int, depth: int) -> JsonNode:
        if depth > _DEEPEST:
            raise Unmergeable(f"nested more than {_DEEPEST} levels deep", at)
        if self.text.startswith("{", at):
            return self.container("object", at, depth)
        if self.text.startswith("[", at):
            return self.container("array", at, depth)
        match = _STRING.match(self.text, at) or _PLAIN.match(self.text, at)
        if not match:
            is_string = self.text.startswith('"', at)
            message = "unterminated string" if is_string else "expected a value"
            raise Unmergeable(message, at)
        return JsonNode("plain", at, match.end(), self.plain(match[0], at))

    def plain(self, text: str, at: int) -> Any:
        try:
            return _VALUES.decode(text)
        except ValueError as error:
            raise Unmergeable("not a valid JSON value", at) from error

    def container(
        self, kind: Literal["object", "array"], at: int, depth: int
    ) -> JsonNode:
        children: list[JsonChild] = []
        comma = 0
        position = self.gap(at + 1)
        while not self.text.startswith(_END[kind], position):
            if children and not comma:
                raise Unmergeable(f"expected `,` or `{_END[kind]}`", position)
            child = self.child(kind, position, len(children), depth)
            children.append(child)
            position = self.gap(child.node.end)
            comma = 0
            if self.text.startswith(",", position):
                comma = position + 1
                position = self.gap(comma)
        pairs = ((child.key, child.node.value) for child in children)
        value: Any = dict(pairs) if kind == "object" else [item for _, item in pairs]
        return JsonNode(kind, at, position + 1, value, tuple(children), comma)

    def child(self, kind: str, at: int, number: int, depth: int) -> JsonChild:
        if kind == "array":
            return JsonChild(number, at, self.node(at, depth + 1))
        name = _STRING.match(self.text, at)
        if not name:
            raise Unmergeable("expected a name in quotes or `}`", at)
        colon = self.gap(name.end())
        if not self.text.startswith(":", colon):
            raise Unmergeable("expected `:`", colon)
        node = self.node(self.gap(colon + 1), depth + 1)
        return JsonChild(str(self.plain(name[0], at)), at, node)
