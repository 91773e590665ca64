"""Path patterns such as `models/**/*.{yaml,json}`, and the files that match them."""

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
"""The maximum number of patterns that one pattern may expand to."""

_INVISIBLE = "\u00a0\u200c\u200d\u3000"
"""Spaces and joiners that are used in names in several languages."""

_SKIPPED = frozenset(("node_modules", "__pycache__"))


def pattern_fault(text: str) -> str:
    """Return why a text is not a relative path or pattern, `""` if it is."""
    if not text.strip():
        return "this is empty"
    if "\\" in text:
        return "this contains a backslash: separate directories with `/`"
    if text[0] in "/~" or text[1:2] == ":":
        return "this is not a relative path"
    if ".." in text.split("/"):
        return "this leads out of the project"
    if not all(
        character.isprintable() or character in _INVISIBLE for character in text
    ):
        return "this contains a control character"
    if prod(group.count(",") + 1 for group in _BRACES.findall(text)) > _MOST:
        return f"this expands to more than {_MOST} patterns"
    return ""


def split_pattern(pattern: str) -> tuple[str, ...]:
    """Expand the braces of a pattern, and return the resulting patterns."""
    pieces = _BRACES.split(pattern)
    choices = [
        piece.split(",") if number % 2 else [piece]
        for number, piece in enumerate(pieces)
    ]
    return tuple("".join(chosen) for chosen in product(*choices))


def find_specs(patterns: Iterable[str], root: Path) -> tuple[str, ...]:
    """Find the specs of a project by their patterns.

    `*` and `?` match characters within a name, `[ab]` matches one of the characters,
    `**` any number of directories, and `{yaml,json}` one of the alternatives. A name
    that starts with a dot matches only a pattern that starts with a dot. `**` skips
    Python environments, `node_modules`, `__pycache__` and links. Links that lead out of
    the root are not followed.

    Args:
        patterns: The patterns, such as those of `Settings.specs`.
        root: The directory that the patterns are relative to.

    Returns:
        The paths, sorted; relative if `root` is relative.
    """
    paths: set[str] = set()
    inside = os.path.join(os.path.realpath(root), "")
    for pattern in patterns:
        for plain_pattern in split_pattern(pattern):
            paths.update(_matches(str(root), _parts(plain_pattern), set(), inside))
    return tuple(sorted(map(os.path.normpath, paths)))


def _parts(pattern: str) -> list[str]:
    """Split a pattern at `/`; merge repeated `**`, and read a final `**` as `**/*`."""
    parts: list[str] = []
    for part in pattern.split("/"):
        if part not in ("", ".") and not part == "**" == "".join(parts[-1:]):
            parts.append(part)
    return [*parts, "*"] if parts[-1:] == ["**"] else parts


def _matches(
    directory: str, parts: list[str], seen: set[tuple[str, int]], inside: str
) -> Iterator[str]:
    """Return the matching files below a directory, searched once for the same parts.

    Args:
        directory: The directory.
        parts: The remaining parts of the pattern.
        seen: The directories that were searched, each with its number of parts.
        inside: The prefix of all real paths below the root.
    """
    search = directory, len(parts)
    if not parts or search in seen:
        return
    seen.add(search)
    first, *following = parts
    if first == "**":
        yield from _matches(directory, following, seen, inside)
        for name in _names(directory):
            path = os.path.join(directory, name)
            if not name.startswith(".") and _is_searched(path, name):
                yield from _matches(path, parts, seen, inside)
        return
    for name in _names(directory):
        is_hidden = name.startswith(".") and not first.startswith(".")
        if not is_hidden and fnmatchcase(name, first):
            path = os.path.join(directory, name)
            if os.path.islink(path) and not os.path.realpath(path).startswith(inside):
                continue
            if following:
                yield from _matches(path, following, seen, inside)
            elif os.path.isfile(path):
                yield path


def _names(directory: str) -> list[str]:
    """Return the names in a directory; none if it cannot be read."""
    try:
        return os.listdir(directory)
    except OSError:
        return []


def _is_searched(path: str, name: str) -> bool:
    if name in _SKIPPED or os.path.islink(path) or not os.path.isdir(path):
        return False
    return not os.path.exists(os.path.join(path, "pyvenv.cfg"))
