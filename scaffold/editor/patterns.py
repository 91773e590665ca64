"""Translate path patterns into the regular expressions of editors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Dialect(NamedTuple):
    """The regular expression syntax of an editor.

    Attributes:
        special: The characters that have to be escaped with a backslash.
        choice: The separator of alternatives.
        group: The opening and closing of a group.
        directories: Matches any number of directories, each with its `/`.
        begin: Matches the start of the text.
        end: Matches the end of the text.
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
    """Return one regular expression that matches the paths of all patterns.

    Args:
        patterns: The patterns: `*` and `?` match characters of a name, `[ab]` one of
            the characters, `**/` any number of directories.
        dialect: The syntax of the editor.
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
