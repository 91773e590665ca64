"""Write a schema as JSON, with short values on one line."""

from __future__ import annotations

import json
from typing import Any

_WIDTH = 88


def write_schema(value: Any) -> str:
    """Write plain data as JSON, indented by two spaces, with a final newline."""
    return "\n".join(_lines(value, "", 0)) + "\n"


def _lines(value: Any, head: str, depth: int) -> list[str]:
    """Write a value; its first line starts with `head`."""
    if not isinstance(value, (dict, list)) or not value:
        return [head + json.dumps(value, ensure_ascii=False)]
    if isinstance(value, dict):
        begin, end = "{}"
        pairs = [(f"{json.dumps(key)}: ", item) for key, item in value.items()]
    else:
        begin, end = "[]"
        pairs = [("", item) for item in value]
    parts = [_lines(item, name, depth + 1) for name, item in pairs]
    if all(len(lines) == 1 for lines in parts):
        flat = f"{head}{begin}{', '.join(lines[0] for lines in parts)}{end}"
        if len(flat) + 2 * depth < _WIDTH:
            return [flat]
    for lines in parts[:-1]:
        lines[-1] += ","
    inner = [f"  {line}" for lines in parts for line in lines]
    return [head + begin, *inner, end]
