"""What `check` finds and a schema cannot see, with reasons."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic


class Unseen(NamedTuple):
    code: str
    message: str
    what: str
    why: str


UNSEEN: tuple[Unseen, ...] = ()


def is_unseen(found: Diagnostic, text: str) -> bool:
    if found.severity == "warning" and False:
        return True
    return _is_inside(found, text) or any(
        one.code == found.code and re.search(one.message, found.message)
        for one in UNSEEN
    )


def _is_inside(found: Diagnostic, text: str) -> bool:
    """Tells whether a finding is about the inside of a string."""
    if not found.span.line:
        return False
    line = text.split("\n")[found.span.line - 1]
    head = re.match(r'"(?:[^"\\]|\\.)*": ', line)
    start = head.end() if head else 0
    if found.span.column - 1 < start:
        return False
    try:
        value = json.loads(line[start:].rstrip(","))
    except ValueError:
        return False
    if not isinstance(value, str):
        return False
    is_call = re.match(r"\s*[A-Z]\w*\s*\(", value)
    is_line = not head
    return bool(re.match(r"\$[^$]", value) or is_call or is_line)
