"""Patterns of paths, such as `models/**/*.{yaml,json}`, and the files that fit them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import product
from math import prod
from pathlib import Path

_BRACES = re.compile(r"\{([^{}]*)\}")
_MOST = 100
"""The most patterns that the braces of one may stand for."""

_UNSEEN = "\u00a0\u200c\u200d\u3000"
"""Blanks and joiners that names have in several languages."""

_PASSED_BY = frozenset(("node_modules", "__pycache__"))


def why_no_pattern(text: str) -> str:
    """Describe why something is no path or pattern below a directory, `""` if it is."""
    if not text.strip():
        return "this is empty"
    if "\\" in text:
        return "this has a backslash: `/` parts directories everywhere"
    if text[0] in "/~" or text[1:2] == ":":
        return "this begins elsewhere"
    if ".." in text.split("/"):
        return "this leaves it"
    if not all(character.isprintable() or character in _UNSEEN for character in text):
        return "this holds a control character"
    if prod(group.count(",") + 1 for group in _BRACES.findall(text)) > _MOST:
        return f"this stands for more than {_MOST} patterns"
    return ""


def split_pattern(pattern: str) -> tuple[str, ...]:
    """Return the patterns without braces that a pattern stands for."""
    pieces = _BRACES.split(pattern)
    choices = [
        piece.split(",") if number % 2 else [piece]
        for number, piece in enumerate(pieces)
    ]
    return tuple("".join(chosen) for chosen in product(*choices))


def find_specs(patterns: Iterable[str], root: Path) -> tuple[str, ...]:
    """Find the specs of a project by their patterns.

    `*` and `?` stand for characters within a name, `[ab]` for one of some, `**` for any
    number of directories, and `{yaml,json}` for one of some words. What begins with a
    dot is found by patterns that say the dot. `**` passes by environments of Python,
    `node_modules`, and links. No link is followed that leads out of the root.

    Args:
        patterns: The patterns, such as those of `Settings.specs`.
        root: The directory that they begin at.

    Returns:
        The paths, as seen from where we run, in order.
    """
    paths: set[str] = set()
    inside = os.path.join(os.path.realpath(root), "")
    for pattern in patterns:
        for plain_pattern in split_pattern(pattern):
            paths.update(_fitting(str(root), _parts(plain_pattern), set(), inside))
    return tuple(sorted(map(os.path.normpath, paths)))


def _parts(pattern: str) -> list[str]:
    """Split a pattern; `**` behind `**` says nothing more, and at the end `**/*`."""
    parts: list[str] = []
    for part in pattern.split("/"):
        if part not in ("", ".") and not part == "**" == "".join(parts[-1:]):
            parts.append(part)
    return [*parts, "*"] if parts[-1:] == ["**"] else parts


def _fitting(
    directory: str, parts: list[str], seen: set[tuple[str, int]], inside: str
) -> Iterator[str]:
    """Find files below a directory, which is searched once for the same parts.

    Args:
        directory: The directory.
        parts: What is left of the pattern.
        seen: Which directories were searched for how many parts.
        inside: The beginning of all real paths below the root.
    """
    place = directory, len(parts)
    if not parts or place in seen:
        return
    seen.add(place)
    first, *rest = parts
    if first == "**":
        yield from _fitting(directory, rest, seen, inside)
        for name in _names(directory):
            path = os.path.join(directory, name)
            if not name.startswith(".") and _is_searched(path, name):
                yield from _fitting(path, parts, seen, inside)
        return
    for name in _names(directory):
        is_hidden = name.startswith(".") and not first.startswith(".")
        if not is_hidden and fnmatchcase(name, first):
            path = os.path.join(directory, name)
            if os.path.islink(path) and not os.path.realpath(path).startswith(inside):
                continue
            if rest:
                yield from _fitting(path, rest, seen, inside)
            elif os.path.isfile(path):
                yield path


def _names(directory: str) -> list[str]:
    """List a directory; one that cannot be read, or is none, has nothing in it."""
    try:
        return os.listdir(directory)
    except OSError:
        return []


def _is_searched(path: str, name: str) -> bool:
    if name in _PASSED_BY or os.path.islink(path) or not os.path.isdir(path):
        return False
    return not os.path.exists(os.path.join(path, "pyvenv.cfg"))
