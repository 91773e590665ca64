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

_PASSED_BY = frozenset(("node_modules", "__pycache__"))


def why_no_pattern(text: str) -> str:
    """Says why something is no path or pattern below a directory, `""` if it is."""
    if not text.strip():
        return "this is empty"
    if "\\" in text:
        return "this has a backslash: `/` parts directories everywhere"
    if text[0] in "/~" or text[1:2] == ":":
        return "this begins elsewhere"
    if ".." in text.split("/"):
        return "this leaves it"
    if any(one < " " for one in text):
        return "this holds a control character"
    if prod(one.count(",") + 1 for one in _BRACES.findall(text)) > _MOST:
        return f"this stands for more than {_MOST} patterns"
    return ""


def split_pattern(pattern: str) -> tuple[str, ...]:
    """Gives the patterns without braces that a pattern stands for."""
    pieces = _BRACES.split(pattern)
    choices = [
        piece.split(",") if number % 2 else [piece]
        for number, piece in enumerate(pieces)
    ]
    return tuple("".join(chosen) for chosen in product(*choices))


def find_specs(patterns: Iterable[str], root: Path) -> tuple[str, ...]:
    """Finds the specs of a project by their patterns.

    `*` and `?` stand for characters within a name, `[ab]` for one of some, `**` for any
    number of directories, and `{yaml,json}` for one of some words. What begins with a
    dot is found by patterns that say the dot. `**` passes by environments of Python,
    `node_modules`, and links.

    Args:
        patterns: The patterns, such as those of `Settings.specs`.
        root: The directory that they begin at.

    Returns:
        The paths, as seen from where we run, in order.
    """
    found: set[str] = set()
    for pattern in patterns:
        for one in split_pattern(pattern):
            parts = [part for part in one.split("/") if part not in ("", ".")]
            found.update(_fitting(str(root), parts))
    return tuple(sorted(map(os.path.normpath, found)))


def _fitting(directory: str, parts: list[str]) -> Iterator[str]:
    if not parts:
        return
    first, *rest = parts
    if first == "**":
        yield from _fitting(directory, rest or ["*"])
        for name in _names(directory):
            path = os.path.join(directory, name)
            if not name.startswith(".") and _is_searched(path, name):
                yield from _fitting(path, parts)
        return
    for name in _names(directory):
        is_hidden = name.startswith(".") and not first.startswith(".")
        if not is_hidden and fnmatchcase(name, first):
            path = os.path.join(directory, name)
            if rest:
                yield from _fitting(path, rest)
            elif os.path.isfile(path):
                yield path


def _names(directory: str) -> list[str]:
    """Lists a directory; one that cannot be read, or is none, has nothing in it."""
    try:
        return os.listdir(directory)
    except OSError:
        return []


def _is_searched(path: str, name: str) -> bool:
    if name in _PASSED_BY or os.path.islink(path) or not os.path.isdir(path):
        return False
    return not os.path.exists(os.path.join(path, "pyvenv.cfg"))
