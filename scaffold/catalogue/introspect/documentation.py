"""Read facts about arguments from the documentation; its text is never copied."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from typing import Any

_ENTRY = re.compile(
    r"^(\s*)[`*]{0,2}(\w+(?:\s*,\s*\w+)*)[`*]{0,2}\s*(?:\([^)]*\))?\s*:(.*)$"
)
_QUOTED = re.compile(r"""["']([A-Za-z_][\w+-]*)["']""")
_TICKED = re.compile(r"`([a-z_][\w+-]*)`")
_STRINGS = re.compile(r"""["']([a-z_][\w+-]*)["']""")

_HEADINGS = frozenset({"Args", "Arguments"})
_OTHER_HEADINGS = frozenset(
    "Example Examples Usage Returns Raises Note Notes Reference References Attributes "
    "Formula".split()
)

WORDS: dict[str, str] = {
    "integer": r"\bints?\b|integer|number of|\bseed\b",
    "float": r"\bfloat|fraction|probability|\breal\b|scalar|decimal"
    r"|\bnumbers?\b(?! of)",
    "boolean": r"\bbool|\bwhether\b|if `?true`?",
    "string": r"\bstr\b|\bstrings?\b|\bpath\b|\burl\b|filename|\bname of\b",
    "sequence": r"tuple|\blists?\b|sequence|\bpair\b|iterable|\barray\b|integers|axes"
    r"|\brange of val|vocabulary|1d tensor|\(low|value\(s\)",
    "shape": r"\bshape\b|\bdimensions\b",
    "dict": r"\bdict",
    "none": r"\bnone\b|\boptional\b",
    "tensor": r"\btensors?\b|array_like|array-like",
    "one of": r"one of|either|options|can be|supported|values:|[\"'`],? or [\"'`]",
    "layer": r"\blayers?\b|\bcells?\b",
}
"""Patterns of the words that indicate a kind."""


def documented(target: Any) -> dict[str, str]:
    """Return the documentation of each argument as one lower-case line.

    Args:
        target: A class (its ancestors are read as well) or a function.
    """
    holders = list(getattr(target, "__mro__", (target,)))
    texts: dict[str, str] = {}
    for holder in holders:
        for docstring in (holder.__doc__, getattr(holder.__init__, "__doc__", "")):
            if holder.__module__.startswith("keras"):
                for name, text in _entries(docstring or ""):
                    texts.setdefault(name, text)
    return texts


def indicates(text: str, kind: str) -> bool:
    """Return whether a text contains words that indicate a kind."""
    return re.search(WORDS[kind], text, re.IGNORECASE) is not None


def quoted(text: str) -> list[str]:
    """Return the quoted words of a text in order, without duplicates."""
    return list(dict.fromkeys(_QUOTED.findall(text)))


def ticked(text: str) -> list[str]:
    """Return the words in backticks, of which some are accepted strings."""
    return list(dict.fromkeys(_TICKED.findall(text)))


def strings_in_init(target: Any) -> list[str]:
    """Return the short lower-case strings in the constructor of a class."""
    init = vars(target).get("__init__")
    if not inspect.isfunction(init):
        return []
    return list(dict.fromkeys(_STRINGS.findall(inspect.getsource(init))))


def quoted_for_name(targets: Iterable[Any]) -> dict[str, list[str]]:
    """Return the quoted words in the documentation of arguments, by argument name."""
    words_by_name: dict[str, dict[str, None]] = {}
    for target in targets:
        for name, text in documented(target).items():
            words_by_name.setdefault(name, {}).update(dict.fromkeys(quoted(text)))
    return {name: sorted(words) for name, words in words_by_name.items()}


def _entries(docstring: str) -> list[tuple[str, str]]:
    """Split a docstring into entries `name: text`, with their continuation lines."""
    entries: list[tuple[str, str]] = []
    names: list[str] = []
    texts: list[str] = []
    indent = -1
    is_argument_section = True
    for line in docstring.splitlines():
        match = _ENTRY.match(line)
        depth = len(line) - len(line.lstrip())
        if line.strip() and (indent < 0 or depth <= indent):
            entries += [(name, " ".join(texts)) for name in names]
            names, texts, indent = [], [], -1
        if match is None or indent >= 0:
            texts.append(line.strip())
        elif match[2] in _HEADINGS | _OTHER_HEADINGS:
            is_argument_section = match[2] in _HEADINGS
        elif is_argument_section:
            names = [name.strip() for name in match[2].split(",")]
            texts, indent = [match[3].strip()], depth
    return entries + [(name, " ".join(texts)) for name in names]
