"""Keys of YAML that are not indented like what they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scaffold.spec.keyed import SIBLINGS
from scaffold.spec.keys import SPEC_KEYS
from scaffold.spec.yaml_lines import KEY, spaces

_LINE = re.compile(
    r"(?:(?P<name>[A-Za-z_]\w*)\s*=\s*)?(?P<layer>[A-Za-z_][\w.]*)\s*"
    r"(?:\((?P<arguments>.*)\))?\s*(?:<-\s*(?P<sources>.+))?"
)
_WORDS = {"true": "True", "false": "False", "null": "None", "~": "None"}
_SOURCES = ("from", "input", "inputs")
_OF_BLOCKS = ("description", "inputs", "layers", "outputs", "params")
"""Keys that a block has as well as the spec."""
_SECTIONS = tuple(key for key in SPEC_KEYS if key not in ("$schema", "name"))
Words = tuple[str, str]
"""A message and its help."""


class OpenCollection(NamedTuple):
    """A list or a mapping that is open: how far it is indented, and which it is."""

    indent: int
    is_list: bool


def key_of(line: str) -> str:
    """Return the key that a line begins with, or `""`."""
    match = KEY.match(line.strip())
    return match[1].strip("\"'") if match else ""


def section(line: str, levels: Sequence[OpenCollection]) -> Words | None:
    """Describe a key of the spec, or of a block, among the entries of a list.

    Args:
        line: The line.
        levels: What is open before the line.
    """
    key = key_of(line)
    if key not in _SECTIONS:
        return None
    around = [
        outer.indent
        for outer, inner in zip(levels, levels[1:], strict=False)
        if inner.is_list and not outer.is_list
    ]
    if not around:
        return None
    wanted = around[-1] if key in _OF_BLOCKS else around[0]
    what = "the block" if wanted > around[0] else "the spec"
    return f"`{key}` is a key of {what}, and no entry", f"indent it by {spaces(wanted)}"


def of_entry(line: str, indents: Sequence[int], *, is_empty: bool) -> Words | None:
    """Describe a key of an entry in keyed notation that is indented like its dash.

    Args:
        line: The line.
        indents: How far the keys of the entry are indented.
        is_empty: Whether nothing stands behind the last key.
    """
    key = key_of(line)
    if not indents or not key or key[0].isupper():
        return None
    if key in SIBLINGS:
        message = f"`{key}` belongs to the entry above"
        return message, f"indent it by {spaces(min(indents))}"
    if is_empty:
        message = f"`{key}` is an argument of the layer above"
        return message, f"indent it by {spaces(max(indents) + 2)}"
    return None


def below_line(entry: str, rows: Sequence[str]) -> Words | None:
    """Describe keys below an entry in line notation, and write it with them.

    Args:
        entry: The text of the entry.
        rows: The lines with keys below it.
    """
    match = _LINE.fullmatch(" ".join(entry.strip().strip("\"'").split()))
    if match is None:
        return None
    name, sources, repeat = match["name"], match["sources"], ""
    arguments = [match["arguments"]] if (match["arguments"] or "").strip() else []
    keys = [key_of(row) for row in rows]
    for key, row in zip(keys, rows, strict=True):
        value = re.split(r"\s#", row.strip())[0].partition(":")[2].strip()
        if not value or key in ("call", "for", "if", "else"):
            return None
        if key == "name":
            name = value.strip("\"'")
        elif key in _SOURCES:
            sources = value.strip("[]\"'")
        elif key == "repeat":
            repeat = f" * {value.strip(_QUOTES).lstrip('$')}"
        else:
            arguments.append(f"{key}={_python(value)}")
    listed = " and ".join(f"`{key}`" for key in keys)
    stands = "stand" if len(keys) > 1 else "stands"
    message = f"{listed} {stands} below an entry in line notation, which has no keys"
    before = f"{name} = " if name else ""
    after = f" <- {sources}" if sources else ""
    called = f"{match['layer']}({', '.join(arguments)})"
    return message, f"write `{before}{called}{repeat}{after}`"


_QUOTES = "\"'"


def _python(value: str) -> str:
    """Write a value of YAML in line notation."""
    if value.startswith("$"):
        return value[1:]
    if value in _WORDS:
        return _WORDS[value]
    return f'"{value}"' if re.fullmatch(r"[A-Za-z_]\w*", value) else value
