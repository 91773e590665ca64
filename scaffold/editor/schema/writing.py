"""A schema as text: JSON in which short things stand on one line."""

from __future__ import annotations

import json
from typing import Any

_WIDTH = 88


def written(value: Any) -> str:
    """Writes plain data as JSON, indented by two, with a line end at its end."""
    return "\n".join(_lines(value, "", 0)) + "\n"


def _lines(value: Any, before: str, depth: int) -> list[str]:
    """Writes a value behind a text that begins its first line."""
    flat = before + json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or not value:
        return [flat]
    if len(flat) + 2 * depth < _WIDTH:
        return [flat]
    marks = "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, dict):
        parts = [
            (f"{json.dumps(key, ensure_ascii=False)}: ", one)
            for key, one in value.items()
        ]
    else:
        parts = [("", one) for one in value]
    found = [before + marks[0]]
    for number, (head, one) in enumerate(parts, 1):
        lines = _lines(one, head, depth + 1)
        lines[-1] += "," * (number < len(parts))
        found += [f"  {line}" for line in lines]
    found.append(marks[1])
    return found
