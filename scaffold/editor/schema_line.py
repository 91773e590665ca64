"""Name the schema in a spec, for editors that do not know the spec by its path."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from scaffold.editor.jsonc import read
from scaffold.editor.types import SCHEMA, Unmergeable

_YAML = ("# yaml-language-server: $schema=", r"#\s*yaml-language-server:\s*\$schema=")
_TOML = ("#:schema ", r"#:schema\s+")
"""The start of the line that names the schema, and the pattern of such a start."""

_KEY = re.compile(r"""^["']?\$schema["']?\s*[:=]""", re.MULTILINE)
"""The key that names the schema in YAML or TOML."""


def find_schema(spec: Path) -> Path | None:
    """Return the nearest schema in a directory of a spec or above it.

    Args:
        spec: The spec, which does not have to exist.
    """
    parents = Path(os.path.abspath(spec)).parents
    return next((path for root in parents if (path := root / SCHEMA).is_file()), None)


def reference(spec: Path, schema: Path) -> str:
    """Return the path of a schema as a spec names it: relative, and with a dot first.

    Args:
        spec: The spec.
        schema: The schema.
    """
    directory = os.path.dirname(os.path.abspath(spec))
    try:
        path = os.path.relpath(os.path.abspath(schema), directory)
    except ValueError:  # it is on another drive
        return Path(os.path.abspath(schema)).as_uri()
    path = path.replace(os.sep, "/")
    return path if path.startswith("../") else f"./{path}"


def with_schema(text: str, suffix: str, schema: str) -> str:
    """Return a spec that names the schema: in its first line, or as a key in JSON.

    A line or a key that names our schema is updated. One that names another schema
    stays.

    Args:
        text: The spec.
        suffix: Its suffix, which determines the notation; YAML if it is unknown.
        schema: The path of the schema, as `reference` returns it.
    """
    if suffix.lower() == ".json":
        return _in_json(text, schema)
    start, pattern = _TOML if suffix.lower() == ".toml" else _YAML
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    existing = re.search(rf"^{pattern}(\S+)", text, re.MULTILINE)
    if existing is None and _KEY.search(text):
        return mark + text
    if existing is None:
        match = re.search(r"\r\n|\n|\r", text)
        end = match[0] if match else "\n"
        return f"{mark}{start}{schema}{end}{text}"
    if _is_ours(existing[1]):
        text = f"{text[: existing.start(1)]}{schema}{text[existing.end(1) :]}"
    return mark + text


def _in_json(text: str, schema: str) -> str:
    """Add the key as the first one, in the layout of the file."""
    try:
        node = read(text)
    except Unmergeable:  # `check` reports it
        return text
    if node is None or node.kind != "object":
        return text
    value = json.dumps(schema, ensure_ascii=False)
    existing = node.find("$schema")
    if existing is not None:
        is_ours = isinstance(existing.value, str) and _is_ours(existing.value)
        if not is_ours:
            return text
        return text[: existing.start] + value + text[existing.end :]
    first = node.children[0].start if node.children else node.end - 1
    gap = text[node.start + 1 : first]
    comma = f",{gap or ' '}" if node.children else ""
    pair = f'{gap}"$schema": {value}{comma}'
    return text[: node.start + 1] + pair + text[first:]


def _is_ours(path: str) -> bool:
    return path.endswith(SCHEMA)
