"""Explanation of YAML keys with the wrong indentation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scaffold.spec.keyed import SIBLINGS
from scaffold.spec.keys import SPEC_KEYS
from scaffold.spec.yaml_lines import KEY, indent_help

_LINE = re.compile(
    r"(?:(?P<name>[A-Za-z_]\w*)\s*=\s*)?(?P<layer>[A-Za-z_][\w.]*)\s*"
    r"(?:\((?P<arguments>.*)\))?\s*(?:<-\s*(?P<sources>.+))?"
)
_CONSTANTS = {"true": "True", "false": "False", "null": "None", "~": "None"}
_SOURCES = ("from", "input", "inputs")
_OF_BLOCKS = ("description", "inputs", "layers", "outputs", "params")
"""Keys that both a block and the spec have."""
_SECTIONS = tuple(key for key in SPEC_KEYS if key not in ("$schema", "name"))
Texts = tuple[str, str]
"""A message and its help."""


class OpenCollection(NamedTuple):
    """An open list or mapping, and its indentation."""

    indent: int
    is_list: bool


def key_of(line: str) -> str:
    """Return the key at the start of a line, or `""`."""
    match = KEY.match(line.strip())
    return match[1].strip("\"'") if match else ""


def section(line: str, levels: Sequence[OpenCollection]) -> Texts | None:
    """Explain a key of the spec, or of a block, among the entries of a list.

    Args:
        line: The line.
        levels: The lists and mappings that are open before the line.
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
    return f"`{key}` is a key of {what}, not an entry", indent_help(wanted)


def of_entry(line: str, indents: Sequence[int], *, is_empty: bool) -> Texts | None:
    """Explain a key of an entry in keyed notation that is indented like its dash.

    Args:
        line: The line.
        indents: The indentation of the keys of the entry.
        is_empty: Whether the last key has no value.
    """
    key = key_of(line)
    if not indents or not key or key[0].isupper():
        return None
    if key in SIBLINGS:
        message = f"`{key}` belongs to the entry above"
        return message, indent_help(min(indents))
    if is_empty:
        message = f"`{key}` is an argument of the layer above"
        return message, indent_help(max(indents) + 2)
    return None


def below_line(entry: str, lines: Sequence[str]) -> Texts | None:
    """Explain keys below an entry in line notation; the help includes them.

    Args:
        entry: The text of the entry.
        lines: The lines below it, each with a key.
    """
    match = _LINE.fullmatch(" ".join(entry.strip().strip("\"'").split()))
    if match is None:
        return None
    name, sources, repeat = match["name"], match["sources"], ""
    arguments = [match["arguments"]] if (match["arguments"] or "").strip() else []
    keys = [key_of(line) for line in lines]
    for key, line in zip(keys, lines, strict=True):
        value = re.split(r"\s#", line.strip())[0].partition(":")[2].strip()
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
    message = f"an entry in line notation cannot have keys below it: {listed}"
    before = f"{name} = " if name else ""
    after = f" <- {sources}" if sources else ""
    called = f"{match['layer']}({', '.join(arguments)})"
    return message, f"write `{before}{called}{repeat}{after}`"


_QUOTES = "\"'"


def _python(value: str) -> str:
    """Convert a YAML value to line notation."""
    if value.startswith("$"):
        return value[1:]
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    return f'"{value}"' if re.fullmatch(r"[A-Za-z_]\w*", value) else value
