"""Patterns of paths, as regular expressions of editors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Dialect(NamedTuple):
    """How an editor writes what a pattern needs.

    Attributes:
        special: The characters that a backslash makes plain.
        choice: What stands between choices.
        group: What stands around choices.
        directories: Any number of directories, each with its `/`.
        begin: The begin of the text.
        end: Its end.
    """

    special: str
    choice: str
    group: tuple[str, str]
    directories: str
    begin: str
    end: str


VIM = Dialect(".*[]^$~\\", r"\|", (r"\%(", r"\)"), r"\%(.*/\)\=", r"\C^", "$")
EMACS = Dialect(".*+?[]^$\\", r"\|", (r"\(?:", r"\)"), r"\(?:.*/\)?", r"\`", r"\'")

_PARTS = re.compile(r"\*\*/|\[[^]/]+\]|.")


def expression(patterns: Iterable[str], dialect: Dialect) -> str:
    """Return one regular expression for the paths that fit one of some patterns.

    Args:
        patterns: The patterns: `*` and `?` stand for characters of a name, `[ab]` for
            one of some, `**/` for any number of directories.
        dialect: The editor's.
    """
    alternatives = [
        "".join(_part(part, dialect) for part in _PARTS.findall(pattern))
        for pattern in patterns
    ]
    opening, closing = dialect.group
    choices = dialect.choice.join(alternatives)
    return f"{dialect.begin}{opening}{choices}{closing}{dialect.end}"


def _part(part: str, dialect: Dialect) -> str:
    if part == "**/":
        return dialect.directories
    if part == "*":
        return "[^/]*"
    if part == "?":
        return "[^/]"
    if len(part) > 1:
        return part.replace("[!", "[^")
    return f"\\{part}" if part in dialect.special else part
